// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { HEADER_INTEGER_MAX } from "../../protocol/block-header.ts";
import { isReleaseVersion, SEQUENCE_MAX, UINT32_MAX } from "../../protocol/suit-manifest.ts";
import { buildRelease } from "../../release/build.ts";
import { releaseTargetFromJson } from "../../release/target.ts";
import { readBytes, readJson, writeBytes } from "../files.ts";
import { natural, wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const build = verb({
  command: "build <image>",
  describe: "Make the manifest of a firmware image",
  builder: (yargs) =>
    yargs
      .positional("image", { type: "string", demandOption: true, describe: "The app's binary" })
      .option("target", {
        type: "string",
        demandOption: true,
        describe: "JSON: chain, board, manufacturer, vendor, model",
      })
      .option("release-version", { type: "string", demandOption: true, describe: "MAJOR.MINOR.PATCH" })
      .option("sequence", { type: "number", demandOption: true, describe: "Not below that of any release before" })
      .option("security-version", {
        type: "number",
        demandOption: true,
        describe: "Raised when older releases must go",
      })
      .option("min-block", { type: "string", default: "0", describe: "Oldest block that may prove it" })
      .option("out", { type: "string", demandOption: true, describe: "The manifest" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release build app.bin --target target.json --release-version 1.4.2 --sequence 12 --security-version 3 --out app.manifest",
        "",
      ),
  handler: async (args) => {
    const { manifest, digest } = buildRelease(await readBytes(args.image), {
      ...releaseTargetFromJson(await readJson(args.target)),
      version: releaseVersion("release-version", args["release-version"]),
      sequence: natural("sequence", args.sequence, SEQUENCE_MAX),
      securityVersion: natural("security-version", args["security-version"], UINT32_MAX),
      minBlock: wholeNumber("min-block", args["min-block"], HEADER_INTEGER_MAX),
    });
    await writeBytes(args.out, manifest, args.force);
    const json = { manifest: args.out, digest };
    return { json, text: table(Object.entries(json)) };
  },
});

function releaseVersion(option: string, text: string): string {
  if (!isReleaseVersion(text))
    throw new TouchmarkError("USAGE", { data: { option, text, expected: "MAJOR.MINOR.PATCH" } });
  return text;
}
