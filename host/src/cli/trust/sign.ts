// SPDX-License-Identifier: Apache-2.0
import { rotationDigest, signRotation } from "../../trust/rotation.ts";
import { rotationFromJson, rotationToJson } from "../../trust/rotation-file.ts";
import { readJson, writeBytes } from "../files.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";

export const sign = verb({
  command: "sign <rotation>",
  describe: "Add a signature, in the role that the key has",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("rotation", { type: "string", demandOption: true })
      .option("key", { type: "string", demandOption: true, describe: "Encrypted PEM, or a pkcs11: URI" })
      .example("$0 trust sign federation.rotation --key root.key", "compare the digest with the other signers first"),
  handler: async (args, io) => {
    const rotation = rotationFromJson(await readJson(args.rotation));
    using signer = await openKeyOf(args, args.key, io);
    const signed = await signRotation(rotation, signer);
    await writeBytes(args.rotation, Buffer.from(`${toJson(rotationToJson(signed))}\n`), true);
    const json = { digest: rotationDigest(signed), signatures: signed.statement.signatures.length };
    return { json, text: table(Object.entries(json)) };
  },
});
