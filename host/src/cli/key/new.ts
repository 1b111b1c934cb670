// SPDX-License-Identifier: Apache-2.0
import { createKeyFile } from "../../keys/file-signer.ts";
import { newPassphrase, passphraseArguments } from "../passphrase.ts";
import { verb } from "../verb.ts";
import { describe } from "./show.ts";

export const newKey = verb({
  command: "new <file>",
  describe: "Make an encrypted key file: an account, a witness, a recovery key",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("file", { type: "string", demandOption: true, describe: "Encrypted PEM, for its owner alone" })
      .example("$0 key new owner.pem", "a key that a token holds needs no file: pkcs11:… stands wherever a key does"),
  handler: async (args, io) => {
    const source = { file: args["passphrase-file"], env: args["passphrase-env"] };
    const signer = await createKeyFile(args.file, await newPassphrase(source, args.file, io));
    try {
      return describe(args.file, signer);
    } finally {
      signer.close();
    }
  },
});
