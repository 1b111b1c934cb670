// SPDX-License-Identifier: Apache-2.0
import { decodeMintingCertificate } from "../../protocol/minting-certificate.ts";
import { verifyMinting } from "../../verify/minting.ts";
import { readBytes } from "../files.ts";
import { hexBytes } from "../numbers.ts";
import { table } from "../print.ts";
import { revocationArguments, revocationTerms } from "../revocation.ts";
import { verb } from "../verb.ts";

export const certificate = verb({
  command: "certificate",
  describe: "Judge a unit's minting certificate: who made it, when, with which tests passed",
  builder: (yargs) =>
    revocationArguments(
      yargs
        .option("verify", { type: "string", demandOption: true, describe: "The file that station record wrote" })
        .option("root", { type: "string", demandOption: true, describe: "The maker's root certificate, PEM or DER" })
        .option("hash", { type: "string", describe: "As published: mintingRecordHash of the batch's leaf" })
        .option("imei", { type: "string", describe: "Is it the record's? With --imei-salt" })
        .option("imei-salt", { type: "string", describe: "32 bytes, hexadecimal, from the manufacturer" })
        .implies("imei", "imei-salt"),
    ).example("$0 device certificate --verify TM1-0001.minting --root root.pem", "neither unit nor chain is needed"),
  handler: async (args) => {
    const salt = args["imei-salt"];
    const minted = verifyMinting(decodeMintingCertificate(await readBytes(args.verify)), {
      ...(await revocationTerms(args.root, args)),
      ...(args.hash !== undefined && { hash: hexBytes("hash", args.hash, 32) }),
      ...(args.imei !== undefined &&
        salt !== undefined && { imei: { imei: args.imei, salt: hexBytes("imei-salt", salt, 32) } }),
    });
    const { tests, date, ...facts } = minted;
    const made = new Date(date * 1000).toISOString();
    const passed = tests.map(({ test }) => test).join(", ");
    return { json: minted, text: table(Object.entries({ ...facts, date: made, passed })) };
  },
});
