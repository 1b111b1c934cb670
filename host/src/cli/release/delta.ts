// SPDX-License-Identifier: Apache-2.0
import { decodeBundle } from "../../protocol/bundle.ts";
import { withDelta } from "../../release/delta/make-delta.ts";
import { readBytes, writeBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { readImage } from "./image.ts";

export const delta = verb({
  command: "delta <bundle>",
  describe: "Make a smaller bundle for units that run a known image; no key is needed",
  builder: (yargs) =>
    yargs
      .positional("bundle", { type: "string", demandOption: true, describe: "With the full image and a proof" })
      .option("from", {
        type: "string",
        demandOption: true,
        describe: "What the units run: an image, a signed release or a bundle",
      })
      .option("out", { type: "string", demandOption: true, describe: "The bundle with the delta" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example("$0 release delta 1.1.0.suit --from 1.0.0.release --out 1.1.0-from-1.0.0.suit", ""),
  handler: async (args) => {
    const [bytes, base] = [await readBytes(args.bundle), await readImage(args.from)];
    const small = withDelta(decodeBundle(bytes), base);
    await writeBytes(args.out, small, args.force);
    const json = { out: args.out, bytes: small.length, fullBytes: bytes.length };
    return { json, text: table(Object.entries(json)) };
  },
});
