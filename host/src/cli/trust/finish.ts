// SPDX-License-Identifier: Apache-2.0
import { decodeTrustStatements, encodeTrustStatements } from "../../protocol/trust-statement.ts";
import { finishRotation } from "../../trust/rotation.ts";
import { rotationFromJson } from "../../trust/rotation-file.ts";
import { readBytes, readJson, writeBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const finish = verb({
  command: "finish <rotation>",
  describe: "Check a signed rotation as a unit does, and write the trust statement",
  builder: (yargs) =>
    yargs
      .positional("rotation", { type: "string", demandOption: true })
      .option("after", {
        type: "string",
        describe: "Statements that lead units to where this one starts, at most three",
      })
      .option("out", { type: "string", demandOption: true, describe: "For release prove --trust" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 trust finish federation.rotation --out fleet.trust",
        "then: release prove --rotate --trust fleet.trust",
      ),
  handler: async (args) => {
    const before = args.after === undefined ? [] : decodeTrustStatements(await readBytes(args.after));
    const statements = finishRotation(rotationFromJson(await readJson(args.rotation)), before);
    await writeBytes(args.out, encodeTrustStatements(statements), args.force);
    const json = { statements: statements.length, out: args.out };
    return { json, text: table(Object.entries(json)) };
  },
});
