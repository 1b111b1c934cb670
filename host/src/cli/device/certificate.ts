// SPDX-License-Identifier: Apache-2.0
import { verifyChain } from "../../authority/verify-chain.ts";
import { decodeMintingCertificate, type MintingCertificate } from "../../protocol/minting-certificate.ts";
import { verifyMinting } from "../../verify/minting.ts";
import { readBytes } from "../files.ts";
import { hexBytes } from "../numbers.ts";
import { table } from "../print.ts";
import { revocationArguments, revocationTerms } from "../revocation.ts";
import { verb } from "../verb.ts";
import { chainView, recordArguments } from "./attestation.ts";

export const certificate = verb({
  command: "certificate",
  describe: "Judge a unit's minting certificate: who made it, when, with which tests passed",
  builder: (yargs) =>
    recordArguments(
      revocationArguments(
        yargs
          .option("verify", { type: "string", demandOption: true, describe: "The file that station record wrote" })
          .option("root", { type: "string", demandOption: true, describe: "The maker's root certificate, PEM or DER" })
          .option("hash", { type: "string", describe: "As published: mintingRecordHash of the batch's leaf" })
          .option("imei", { type: "string", describe: "Is it the record's? With --imei-salt" })
          .option("imei-salt", { type: "string", describe: "32 bytes, hexadecimal, from the manufacturer" })
          .implies("imei", "imei-salt"),
      ),
    )
      .example("$0 device certificate --verify TM1-0001.minting --root root.pem", "neither unit nor chain is needed")
      .example(
        "$0 device certificate --verify TM1-0001.minting --root root.pem --chain chain.json",
        "of a line that was revoked: the chain says whether the unit was registered before",
      ),
  handler: async (args, io) => {
    const salt = args["imei-salt"];
    const certificate = decodeMintingCertificate(await readBytes(args.verify));
    const terms = await revocationTerms(args.root, args);
    const asked = args["registered-block"] === undefined ? chainView(args, io) : undefined;
    const registeredBlock = await asked?.blockOf(unitOf(certificate, terms.root));
    const minted = verifyMinting(certificate, {
      ...terms,
      ...(registeredBlock !== undefined && { registeredBlock }),
      ...(args.hash !== undefined && { hash: hexBytes("hash", args.hash, 32) }),
      ...(args.imei !== undefined &&
        salt !== undefined && { imei: { imei: args.imei, salt: hexBytes("imei-salt", salt, 32) } }),
    });
    const { tests, date, ...facts } = minted;
    const made = new Date(date * 1000).toISOString();
    const passed = tests.map(({ test }) => test).join(", ");
    const said = { ...facts, date: made, passed, registeredBlock };
    const json = { ...minted, ...(registeredBlock !== undefined && { registeredBlock }) };
    return { json, text: table(Object.entries(said)) };
  },
});

/** Whom the chain is asked about. @param root DER @throws as verifyChain */
function unitOf({ device, line }: MintingCertificate, root: Uint8Array) {
  const { leaf, address } = verifyChain("device", [device, line, root]);
  return { manufacturerId: leaf.manufacturer.manufacturerId, address };
}
