// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import { readSecureBootKey, signEspImage } from "../../protocol/esp-signature.ts";
import { flash, limits } from "../../protocol/generated.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { blankTrust } from "../../release/blank-trust.ts";
import { type FlashPort, factoryImage } from "../../release/factory.ts";
import { releaseTargetFromJson } from "../../release/target.ts";
import { readBytes, readJson, writeBytes } from "../files.ts";
import type { Io } from "../io.ts";
import { natural, publicKey } from "../numbers.ts";
import { type PassphraseArguments, passphraseArguments, passphraseOf } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { readRelease } from "./board.ts";

export const factory = verb({
  command: "factory <release>",
  describe: "Make the flash image of new units: bootloader, first release, trust block; no compiler is needed",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("release", { type: "string", demandOption: true, describe: "A signed release or a bundle" })
      .option("port", { choices: Object.keys(flash), default: "esp32c3", describe: "Port of the firmware" })
      .option("bootloader", { type: "string", demandOption: true, describe: "The bootloader's binary" })
      .option("secure-boot-key", {
        type: "string",
        describe: "RSA key of 3072 bits, PEM: signs the bootloader for the ESP32-C3's mask ROM",
      })
      .option("target", { type: "string", demandOption: true, describe: "As for release build" })
      .option("witness-public-key", { type: "string", array: true, demandOption: true, describe: "Hexadecimal" })
      .option("witness-threshold", { type: "number", demandOption: true, describe: "Witnesses that a block needs" })
      .option("recovery-public-key", { type: "string", array: true, default: [], describe: "Hexadecimal" })
      .option("recovery-threshold", { type: "number", default: 0, describe: "Recovery keys that replace a lost part" })
      .option("out", { type: "string", demandOption: true, describe: "Flash contents from offset 0" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release factory app.release --bootloader boot.bin --target target.json --witness-public-key 02… 03… 02… --witness-threshold 2 --out factory.bin",
        "write it to offset 0 of the flash",
      ),
  handler: async (args, io) => {
    const release = await readRelease(args.release);
    const trust = blankTrust(releaseTargetFromJson(await readJson(args.target)), {
      witnessThreshold: natural("witness-threshold", args["witness-threshold"], limits.witnessesMax),
      witnesses: args["witness-public-key"].map((text) => publicKey("witness-public-key", text)),
      recoveryThreshold: natural("recovery-threshold", args["recovery-threshold"], limits.recoveryMax),
      recoveryKeys: args["recovery-public-key"].map((text) => publicKey("recovery-public-key", text)),
    });
    const port = portOf(args.port);
    const built = await readBytes(args.bootloader);
    const signer = args["secure-boot-key"];
    if (signer !== undefined && port !== "esp32c3")
      throw new TouchmarkError("USAGE", { data: { port, given: "secure-boot-key" } });
    const bootloader = signer === undefined ? built : signEspImage(built, await secureBootKey(signer, args, io));
    const image = factoryImage({ port, bootloader, release, trust });
    await writeBytes(args.out, image, args.force);
    const json = { out: args.out, bytes: image.length, digest: manifestDigest(release.manifest) };
    return { json, text: table(Object.entries(json)) };
  },
});

async function secureBootKey(path: string, args: PassphraseArguments, io: Io): Promise<KeyObject> {
  const pem = Buffer.from(await readBytes(path)).toString("latin1");
  return readSecureBootKey(pem, pem.includes("ENCRYPTED") ? await passphraseOf(args, path, io) : undefined);
}

function portOf(name: string): FlashPort {
  if (!(name in flash)) throw new TouchmarkError("USAGE", { data: { port: name } });
  return name as FlashPort;
}
