// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Office } from "../../authority/office.ts";
import { type CertificateStatus, type OfficeStatus, officeStatus, type StationFolder } from "../../authority/status.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { listOf } from "../../station/line-folder.ts";
import { existing } from "../files.ts";
import { verb } from "../verb.ts";
import { clock, formatTime } from "./keys.ts";

export const status = verb({
  command: "status",
  describe: "What the root has issued, what is in force, and what is due; asks neither key nor chain",
  builder: (yargs) =>
    yargs
      .option("folder", { type: "string", default: "ca", describe: "The root's folder" })
      .option("station", {
        type: "string",
        array: true,
        default: [],
        describe: "Stations' folders, to count their units",
      })
      .example("$0 ca status --station line-hall-2-a", ""),
  handler: async (args) => {
    using office = Office.open(args.folder, clock());
    using opened = new DisposableStack();
    const stations: StationFolder[] = [];
    for (const name of args.station) {
      // A station makes its ledger with its first unit; what ca line hands out is there before.
      await existing(join(name, "line.pem"));
      const path = join(name, "ledger.sqlite");
      const ledger = existsSync(path) ? { ledger: opened.use(new Ledger(path)) } : {};
      const crl = listOf(name);
      stations.push({ name, ...ledger, ...(crl && { list: crl.number }) });
    }
    const json = officeStatus(office, stations, clock());
    return { json, text: render(json) };
  },
});

function render({ chainId, manufacturerId, keyReference, certificates, crl, advice }: OfficeStatus): string {
  const list = crl
    ? `${crl.number}, next ${formatTime(crl.nextUpdate)}${crl.stale ? ", STALE" : ""}`
    : "none published";
  return [
    `ManufacturerID ${manufacturerId} on chain ${chainId}; root's key: ${keyReference}`,
    ...certificates.map(row),
    `revocation list: ${list}`,
    ...advice.map((line) => `! ${line}`),
  ].join("\n");
}

function row(status: CertificateStatus): string {
  const { role, subject, serialNumber, standing, notAfter, units, unfinished, revocation } = status;
  const cap = units ? `  ${units.issued ?? "?"}/${units.cap} units` : "";
  const block = revocation?.block === undefined ? "" : ` from block ${revocation.block}`;
  const why = revocation ? ` (${revocation.reason}${block})` : "";
  const open = unfinished === undefined ? "" : ", not handed out";
  return `${role.padEnd(4)}  ${serialNumber}  ${standing}${why}${open}  until ${formatTime(notAfter)}${cap}  ${subject}`;
}
