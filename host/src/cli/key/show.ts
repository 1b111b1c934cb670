// SPDX-License-Identifier: Apache-2.0
import { openKey } from "../../keys/open-key.ts";
import type { Signer } from "../../keys/signer.ts";
import { passphrase } from "../ca/passphrase.ts";
import { table } from "../print.ts";
import { type Result, verb } from "../verb.ts";

export const show = verb({
  command: "show <key>",
  describe: "Address and public key of a key",
  builder: (yargs) =>
    yargs
      .positional("key", { type: "string", demandOption: true, describe: "Encrypted PEM or pkcs11: URI" })
      .option("passphrase-file", { type: "string", describe: "Its first line is the passphrase or PIN" })
      .option("passphrase-env", { type: "string", describe: "Name of the variable that holds it" })
      .example("$0 key show witness-1.pem", "the public key is what release factory takes"),
  handler: async (args, io) => {
    const source = { file: args["passphrase-file"], env: args["passphrase-env"] };
    using signer = await openKey(args.key, () => passphrase(source, args.key, io));
    return describe(args.key, signer);
  },
});

export function describe(key: string, { address, publicKey }: Signer): Result {
  const json = { key, address, publicKey };
  return { json, text: table(Object.entries(json)) };
}
