// SPDX-License-Identifier: Apache-2.0
import { decodeTrustStatements } from "../../protocol/trust-statement.ts";
import { proveBundle } from "../../release/bundle.ts";
import { readBytes, writeBytes } from "../files.ts";
import { verb } from "../verb.ts";
import { readRelease } from "./board.ts";
import { proofArguments, readUnit, withSources } from "./proof.ts";
import { describe } from "./prove.ts";

export const refresh = verb({
  command: "refresh <bundle>",
  describe: "Give a bundle a fresh proof, in place; no signing key is needed",
  builder: (yargs) =>
    proofArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true })
      .option("trust", { type: "string", describe: "Trust statements to send along" })
      .example(
        "$0 release refresh app.suit --state unit.json --root root.pem --rpc http://127.0.0.1:8545 --witness https://w1.example --witness https://w2.example",
        "",
      ),
  handler: async (args, io) => {
    const unit = await readUnit(args);
    const release = await readRelease(args.bundle);
    const statements = args.trust === undefined ? [] : decodeTrustStatements(await readBytes(args.trust));
    const { bundle, verdict } = await withSources(args, unit, statements, io, (sources) =>
      proveBundle({ ...unit, release, statements }, sources),
    );
    await writeBytes(args.bundle, bundle, true);
    return describe(args.bundle, bundle, verdict);
  },
});
