// SPDX-License-Identifier: Apache-2.0
import { encodeSignedRelease } from "../../protocol/signed-release.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { signRelease } from "../../release/sign.ts";
import { readBytes, readCertificate, writeBytes } from "../files.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const sign = verb({
  command: "sign <image> <manifest>",
  describe: "Sign a manifest with the OTA key",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("image", { type: "string", demandOption: true })
      .positional("manifest", { type: "string", demandOption: true })
      .option("key", { type: "string", demandOption: true, describe: "OTA key: encrypted PEM, or a pkcs11: URI" })
      .option("certificate", { type: "string", demandOption: true, describe: "Of the OTA key, PEM or DER" })
      .option("root", { type: "string", demandOption: true, describe: "Root certificate, PEM or DER" })
      .option("out", { type: "string", demandOption: true, describe: "The signed release" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release sign app.bin app.manifest --key ota.key --certificate ota.pem --root root.pem --out app.release",
        "",
      ),
  handler: async (args, io) => {
    const [image, manifest] = await Promise.all([readBytes(args.image), readBytes(args.manifest)]);
    const [certificate, root] = await Promise.all([readCertificate(args.certificate), readCertificate(args.root)]);
    using signer = await openKeyOf(args, args.key, io);
    const release = await signRelease(image, manifest, { signer, certificate, root });
    await writeBytes(args.out, encodeSignedRelease(release), args.force);
    const json = { release: args.out, digest: manifestDigest(manifest), signer: signer.address };
    return { json, text: table(Object.entries(json)) };
  },
});
