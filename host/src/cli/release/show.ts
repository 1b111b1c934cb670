// SPDX-License-Identifier: Apache-2.0
import { decodeManifest, manifestDigest } from "../../protocol/suit-manifest.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { readManifest } from "./board.ts";

export const show = verb({
  command: "show <release>",
  describe: "Print what a signed release or a bundle says of itself; nothing is verified",
  builder: (yargs) =>
    yargs
      .positional("release", { type: "string", demandOption: true })
      .example("$0 release show app.suit", "digest, version, for whom"),
  handler: async (args) => {
    const manifest = await readManifest(args.release);
    const { license, ...rest } = decodeManifest(manifest);
    const json = { digest: manifestDigest(manifest), ...rest, ...license };
    return { json, text: table(Object.entries(json)) };
  },
});
