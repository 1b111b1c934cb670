// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { Office, parseSerialNumber } from "../../authority/office.ts";
import { TouchmarkError } from "../../errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import { type Revocation, RevocationReason, type RevocationReasonName } from "../../protocol/crl.ts";
import { aboveZero } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { clock, formatTime, openFolderKey } from "./keys.ts";

export const revoke = verb({
  command: "revoke [serial]",
  describe: "Revoke a line or OTA signer and sign the list anew; units are revoked on chain",
  builder: (yargs) =>
    yargs
      .positional("serial", { type: "string", describe: "Serial number of its certificate; ca status lists them" })
      .option("reason", {
        choices: Object.keys(RevocationReason) as RevocationReasonName[],
        default: "keyCompromise" as const,
        describe: "Why",
      })
      .option("block", { type: "string", describe: "Of a line: units registered before this block stay valid" })
      .option("all-units", {
        type: "boolean",
        default: false,
        conflicts: "block",
        describe: "Of a line, in place of --block: every unit that it ever certified is refused from now on, for good",
      })
      .option("refresh", { type: "boolean", default: false, describe: "Revoke nothing, only sign the list anew" })
      .option("days", { type: "number", default: 90, describe: "Until the next list is due" })
      .option("folder", { type: "string", default: "ca", describe: "The root's folder" })
      .option("passphrase-file", { type: "string", describe: "Of the root" })
      .option("passphrase-env", { type: "string", describe: "Of the root: name of a variable" })
      .example("$0 ca revoke 4f0c… --reason keyCompromise --block 61200345", "a stolen line laptop"),
  handler: async (args, io) => {
    const days = aboveZero("days", args.days);
    if ((args.serial === undefined) !== args.refresh)
      throw new TouchmarkError("USAGE", { data: { expected: "a serial number or --refresh" } });
    const now = clock();
    const entry = args.serial === undefined ? undefined : revocation(args.serial, args.reason, args.block, now);
    using office = Office.open(args.folder, now);
    if (entry && entry.block === undefined && !args["all-units"]) requireNoLine(office, entry);
    const source = { file: args["passphrase-file"], env: args["passphrase-env"] };
    using root = await openFolderKey(args.folder, office.keyReference, source, io);
    const crl = await office.publishCrl(entry, now, days, root);
    const json = {
      crl: join(args.folder, "crl.pem"),
      number: crl.number,
      revoked: crl.revocations.length,
      nextUpdate: formatTime(crl.nextUpdate),
    };
    return { json, text: `${table(Object.entries(json))}\nNext: carry it to every station and verifier.` };
  },
});

function revocation(serial: string, reason: RevocationReasonName, block: string | undefined, now: number): Revocation {
  if (block !== undefined && !/^[0-9]{1,19}$/.test(block))
    throw new TouchmarkError("USAGE", { data: { option: "block" } });
  const entry = { serialNumber: parseSerialNumber(serial), revokedAt: now, reason };
  return block === undefined ? entry : { ...entry, block: BigInt(block) };
}

/** A revocation is for good, and without a block it takes all the line's units along. @throws USAGE */
function requireNoLine({ ledger }: Office, { serialNumber }: Revocation): void {
  if (ledger.certificates.get(toHex(serialNumber))?.role !== "line") return;
  const expected = "--block: units registered before it stay valid; or --all-units: none does";
  throw new TouchmarkError("USAGE", { data: { option: "block", expected } });
}
