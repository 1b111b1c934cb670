// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { flash } from "../../protocol/generated.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { decodeTrustBlock } from "../../protocol/trust-block.ts";
import { type FlashPort, factoryImage } from "../../release/factory.ts";
import { readBytes, writeBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { readRelease } from "./board.ts";

export const factory = verb({
  command: "factory <release>",
  describe: "Make the flash image of new units: bootloader, first release, trust block; no compiler is needed",
  builder: (yargs) =>
    yargs
      .positional("release", { type: "string", demandOption: true, describe: "A signed release or a bundle" })
      .option("port", { choices: Object.keys(flash), default: "esp32c3", describe: "Port of the firmware" })
      .option("bootloader", { type: "string", demandOption: true, describe: "The bootloader's binary" })
      .option("trust", { type: "string", demandOption: true, describe: "Trust block, 512 bytes, without a root" })
      .option("out", { type: "string", demandOption: true, describe: "Flash contents from offset 0" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release factory app.release --bootloader bootloader.bin --trust trust.bin --out factory.bin",
        "write it to offset 0 of the flash",
      ),
  handler: async (args) => {
    const release = await readRelease(args.release);
    const trust = decodeTrustBlock(await readBytes(args.trust));
    const image = factoryImage({
      port: portOf(args.port),
      bootloader: await readBytes(args.bootloader),
      release,
      trust,
    });
    await writeBytes(args.out, image, args.force);
    const json = { out: args.out, bytes: image.length, digest: manifestDigest(release.manifest) };
    return { json, text: table(Object.entries(json)) };
  },
});

function portOf(name: string): FlashPort {
  if (!(name in flash)) throw new TouchmarkError("USAGE", { data: { port: name } });
  return name as FlashPort;
}
