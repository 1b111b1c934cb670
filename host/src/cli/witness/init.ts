// SPDX-License-Identifier: Apache-2.0
import { requireAbsent } from "../../files.ts";
import { WitnessRecord } from "../../witness/record.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const init = verb({
  command: "init <record>",
  describe: "Begin the record of a witness whose key has never signed; once for each key",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .positional("record", { type: "string", demandOption: true, describe: "One file, kept for good" })
      .option("key", { type: "string", demandOption: true, describe: "Encrypted PEM, or a pkcs11: URI" })
      .example(
        "$0 witness init witness.db --key witness.key",
        "serve, and whatever takes --witness-record, go on with the record that is there and make none",
      ),
  handler: async (args, io) => {
    requireAbsent(args.record);
    using signer = await openKeyOf(args, args.key, io);
    using record = new WitnessRecord(args.record);
    record.bind(signer.publicKey);
    const json = { record: args.record, address: signer.address };
    return { json, text: table(Object.entries(json)) };
  },
});
