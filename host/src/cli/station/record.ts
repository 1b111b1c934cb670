// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { toHex } from "../../protocol/bytes.ts";
import { encodeMintingCertificate } from "../../protocol/minting-certificate.ts";
import { mintingRecordHash, saltedSerialHash } from "../../protocol/minting-record.ts";
import { sha256 } from "../../protocol/secp256k1.ts";
import { existing, writeBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { findUnit } from "./find-unit.ts";

export const record = verb({
  command: "record <ledger> <name>",
  describe: "Export a unit's minting certificate, to be published; the IMEI stays here",
  builder: (yargs) =>
    yargs
      .positional("ledger", { type: "string", demandOption: true, describe: "A station's ledger.sqlite" })
      .positional("name", { type: "string", demandOption: true, describe: "Chip id, address or serial number" })
      .option("out", { type: "string", demandOption: true, describe: "File for the certificate" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .option("tell-imei", { type: "boolean", default: false, describe: "Print the IMEI and its salt: for the owner" })
      .example("$0 station record line-a/ledger.sqlite TM1-0001 --out TM1-0001.minting", ""),
  handler: async (args) => {
    using ledger = new Ledger(await existing(args.ledger));
    const unit = findUnit(ledger, args.name);
    const minting = ledger.mintings.of(unit.chipId);
    const line = ledger.certificates.get(unit.line)?.der;
    if (!minting || !line) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId: unit.chipId } });
    const { record: signed, salt, imeiSalt } = minting;
    await writeBytes(
      args.out,
      encodeMintingCertificate({ record: signed, salt, device: unit.certificate, line }),
      args.force,
    );
    const json = {
      out: args.out,
      address: unit.address,
      certificateHash: toHex(sha256(unit.certificate)),
      mintingRecordHash: toHex(mintingRecordHash(signed, salt)),
      saltedSerialHash: toHex(saltedSerialHash(unit.serial, salt)),
      ...(args["tell-imei"] && imeiSalt && { imei: unit.imei, imeiSalt: toHex(imeiSalt) }),
    };
    return { json, text: table(Object.entries(json)) };
  },
});
