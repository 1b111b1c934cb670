// SPDX-License-Identifier: Apache-2.0
import { decodeCrl } from "../../protocol/crl.ts";
import { decodeMintingCertificate } from "../../protocol/minting-certificate.ts";
import { decodeOnePem } from "../../protocol/pem.ts";
import { verifyMinting } from "../../verify/minting.ts";
import { readBytes, readCertificate } from "../files.ts";
import { hexBytes, wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const certificate = verb({
  command: "certificate",
  describe: "Judge a unit's minting certificate: who made it, when, with which tests passed",
  builder: (yargs) =>
    yargs
      .option("verify", { type: "string", demandOption: true, describe: "The file that station record wrote" })
      .option("root", { type: "string", demandOption: true, describe: "The maker's root certificate, PEM or DER" })
      .option("hash", { type: "string", describe: "As published: mintingRecordHash of the batch's leaf" })
      .option("imei", { type: "string", describe: "Is it the record's? With --imei-salt" })
      .option("imei-salt", { type: "string", describe: "32 bytes, hexadecimal, from the manufacturer" })
      .option("crl", { type: "string", describe: "The root's revocation list, PEM" })
      .option("registered-block", { type: "string", describe: "Block in which the unit was registered" })
      .implies("imei", "imei-salt")
      .example("$0 device certificate --verify TM1-0001.minting --root root.pem", "neither unit nor chain is needed"),
  handler: async (args) => {
    const crl = args.crl === undefined ? undefined : await readBytes(args.crl);
    const salt = args["imei-salt"];
    const block = args["registered-block"];
    const minted = verifyMinting(decodeMintingCertificate(await readBytes(args.verify)), {
      root: await readCertificate(args.root),
      ...(args.hash !== undefined && { hash: hexBytes("hash", args.hash, 32) }),
      ...(args.imei !== undefined &&
        salt !== undefined && { imei: { imei: args.imei, salt: hexBytes("imei-salt", salt, 32) } }),
      ...(crl && { crl: decodeCrl(decodeOnePem("X509 CRL", Buffer.from(crl).toString("latin1"))) }),
      ...(block !== undefined && { registeredBlock: wholeNumber("registered-block", block) }),
    });
    const { tests, date, ...facts } = minted;
    const made = new Date(date * 1000).toISOString();
    const passed = tests.map(({ test }) => test).join(", ");
    return { json: minted, text: table(Object.entries({ ...facts, date: made, passed })) };
  },
});
