// SPDX-License-Identifier: Apache-2.0
import { verifyBundle } from "../../verify/bundle.ts";
import { readBytes } from "../files.ts";
import { describeError, table } from "../print.ts";
import { verb } from "../verb.ts";
import { readUnit, unitArguments } from "./proof.ts";

export const verify = verb({
  command: "verify <bundle>",
  describe: "Say what a unit would say of a bundle: OK, or its refusal",
  builder: (yargs) =>
    unitArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true })
      .example("$0 release verify app.suit --state unit.json --root root.pem", ""),
  handler: async (args) => {
    const { state, root, challenge } = await readUnit(args);
    const bundle = await readBytes(args.bundle);
    const { verdict, anchor, refusal } = verifyBundle(state, bundle, { root, ...(challenge && { challenge }) });
    const json = { verdict, floor: anchor.trust.floorNumber, ...(refusal && { refusal }) };
    const text = refusal === undefined ? table([["verdict", verdict]]) : describeError(refusal);
    return { json, text, refused: verdict !== "OK" };
  },
});
