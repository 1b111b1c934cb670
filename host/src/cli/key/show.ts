// SPDX-License-Identifier: Apache-2.0
import type { Signer } from "../../keys/signer.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { type Result, verb } from "../verb.ts";

export const show = verb({
  command: "show <key>",
  describe: "Address and public key of a key",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("key", { type: "string", demandOption: true, describe: "Encrypted PEM or pkcs11: URI" })
      .example("$0 key show witness-1.pem", "the public key is what release factory takes"),
  handler: async (args, io) => {
    using signer = await openKeyOf(args, args.key, io);
    return describe(args.key, signer);
  },
});

export function describe(key: string, { address, publicKey }: Signer): Result {
  const json = { key, address, publicKey };
  return { json, text: table(Object.entries(json)) };
}
