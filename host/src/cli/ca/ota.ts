// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { Office } from "../../authority/office.ts";
import { writeFileOnce } from "../../files.ts";
import { toHex } from "../../protocol/bytes.ts";
import { formatDistinguishedName } from "../../protocol/distinguished-name.ts";
import { encodePem } from "../../protocol/pem.ts";
import { aboveZero } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { clock, formatTime, holdKey, openFolderKey, toRevoke } from "./keys.ts";

const KEY = "ota.key.pem";

export const ota = verb({
  command: "ota",
  describe: "Make an OTA signer directly under the root; its address goes into the license word",
  builder: (yargs) =>
    yargs
      .option("folder", { type: "string", default: "ca", describe: "The root's folder" })
      .option("name", { type: "string", demandOption: true, describe: "CN" })
      .option("days", { type: "number", default: 730, describe: "Validity, at most 5 years" })
      .option("out", { type: "string", demandOption: true, describe: "Folder for ota.pem and its key" })
      .option("key", { type: "string", describe: "A token's key, pkcs11:…; otherwise an encrypted file is made" })
      .option("passphrase-file", { type: "string", describe: "Of the root" })
      .option("passphrase-env", { type: "string", describe: "Of the root: name of a variable" })
      .option("ota-passphrase-file", { type: "string", describe: "Of the OTA signer" })
      .option("ota-passphrase-env", { type: "string", describe: "Of the OTA signer: name of a variable" })
      .example('$0 ca ota --name "Acme releases 2026" --out ota', ""),
  handler: async (args, io) => {
    const days = aboveZero("days", args.days);
    const path = join(args.out, "ota.pem");
    using office = Office.open(args.folder, clock());
    office.requireUnfinished("ota", path);
    const rootSource = { file: args["passphrase-file"], env: args["passphrase-env"] };
    using root = await openFolderKey(args.folder, office.keyReference, rootSource, io);
    const source = { file: args["ota-passphrase-file"], env: args["ota-passphrase-env"] };
    const key = await holdKey(args.key, args.out, KEY, source, io);
    const { signer } = key;
    signer.close();
    const request = { commonName: args.name, publicKey: signer.publicKey, now: clock(), days };
    const { certificate, abandoned } = await office.issueOta(request, root, { out: args.out, key });
    writeFileOnce(path, encodePem("CERTIFICATE", certificate.der));
    office.handedOut(certificate, clock());
    const json = {
      certificate: path,
      subject: formatDistinguishedName(certificate.subject),
      serialNumber: toHex(certificate.serialNumber),
      address: signer.address,
      notAfter: formatTime(certificate.notAfter),
      key: key.reference,
      ...(abandoned.length > 0 && { abandoned }),
    };
    const next = `Next: the node's owner proposes ${signer.address} on the board.`;
    return { json, text: [table(Object.entries(json)), ...abandoned.map(toRevoke), next].join("\n") };
  },
});
