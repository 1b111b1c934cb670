// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { decodeBundle } from "../../protocol/bundle.ts";
import { verifyBundle } from "../../verify/bundle.ts";
import { readBytes } from "../files.ts";
import { describeError, table } from "../print.ts";
import { verb } from "../verb.ts";
import { readImage } from "./image.ts";
import { readUnit, unitArguments } from "./proof.ts";

export const verify = verb({
  command: "verify <bundle>",
  describe: "Say what a unit would say of a bundle: OK, or its refusal",
  builder: (yargs) =>
    unitArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true })
      .option("base", { type: "string", describe: "For a delta: what the unit runs, an image, a release or a bundle" })
      .example("$0 release verify app.suit --state unit.json --root root.pem", ""),
  handler: async (args) => {
    const { state, root, challenge } = await readUnit(args);
    const bundle = await readBytes(args.bundle);
    if (args.base === undefined && carriesDelta(bundle))
      throw new TouchmarkError("USAGE", { data: { missing: "base" } });
    const base = args.base === undefined ? {} : { base: await readImage(args.base) };
    const { verdict, anchor, refusal } = verifyBundle(state, bundle, {
      root,
      ...(challenge && { challenge }),
      ...base,
    });
    const json = { verdict, floor: anchor.trust.floorNumber, ...(refusal && { refusal }) };
    const text = refusal === undefined ? table([["verdict", verdict]]) : describeError(refusal);
    return { json, text, refused: verdict !== "OK" };
  },
});

function carriesDelta(bundle: Uint8Array): boolean {
  try {
    return decodeBundle(bundle).payload.kind === "delta";
  } catch {
    return false; // the verdict says what it is
  }
}
