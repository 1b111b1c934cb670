// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { Office } from "../../authority/office.ts";
import { toHex } from "../../protocol/bytes.ts";
import { formatDistinguishedName } from "../../protocol/distinguished-name.ts";
import { limits } from "../../protocol/generated.ts";
import { requireNoOtherLine, writeLineFolder } from "../../station/line-folder.ts";
import { aboveZero, natural } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { clock, formatTime, holdKey, openFolderKey, toRevoke } from "./keys.ts";

export const line = verb({
  command: "line",
  describe: "Make a station's line: its key, capped and short-lived, in a folder to carry there",
  builder: (yargs) =>
    yargs
      .option("folder", { type: "string", default: "ca", describe: "The root's folder" })
      .option("station", { type: "string", demandOption: true, describe: "CN: the one station that it is for" })
      .option("units", { type: "number", demandOption: true, describe: "Device certificates that it may issue" })
      .option("days", { type: "number", default: 30, describe: "Validity, at most 90 days" })
      .option("out", { type: "string", demandOption: true, describe: "The station's folder" })
      .option("key", { type: "string", describe: "The station's key in a token, pkcs11:…; otherwise a file is made" })
      .option("passphrase-file", { type: "string", describe: "Of the root" })
      .option("passphrase-env", { type: "string", describe: "Of the root: name of a variable" })
      .option("line-passphrase-file", { type: "string", describe: "Of the line" })
      .option("line-passphrase-env", { type: "string", describe: "Of the line: name of a variable" })
      .example("$0 ca line --station hall-2-a --units 500 --out line-hall-2-a", ""),
  handler: async (args, io) => {
    const units = natural("units", args.units, limits.lineUnits, 1);
    const days = aboveZero("days", args.days);
    using office = Office.open(args.folder, clock());
    office.requireUnfinished("line", join(args.out, "line.pem"));
    const rootSource = { file: args["passphrase-file"], env: args["passphrase-env"] };
    using root = await openFolderKey(args.folder, office.keyReference, rootSource, io);
    const source = { file: args["line-passphrase-file"], env: args["line-passphrase-env"] };
    const key = await holdKey(args.key, args.out, "line.key.pem", source, io);
    key.signer.close();
    requireNoOtherLine(args.out, office.root, key.reference);
    const request = {
      station: args.station,
      publicKey: key.signer.publicKey,
      units,
      now: clock(),
      days,
    };
    const { certificate, abandoned } = await office.issueLine(request, root, { out: args.out, key });
    writeLineFolder(args.out, certificate, office.root, key.reference, office.ledger.lists.latest());
    office.handedOut(certificate, clock());
    const json = {
      out: args.out,
      subject: formatDistinguishedName(certificate.subject),
      serialNumber: toHex(certificate.serialNumber),
      units,
      notAfter: formatTime(certificate.notAfter),
      key: key.reference,
      ...(abandoned.length > 0 && { abandoned }),
    };
    return {
      json,
      text: [table(Object.entries(json)), ...abandoned.map((serial) => `${toRevoke(serial)} --all-units`)].join("\n"),
    };
  },
});
