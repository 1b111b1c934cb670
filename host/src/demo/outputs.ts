// SPDX-License-Identifier: Apache-2.0
// What the demo leaves behind for others to check.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePem } from "../protocol/pem.ts";
import type { DemoReport } from "./report.ts";
import type { World } from "./world.ts";

/** `chain.json` and `certs/{root,line,device,ota}.pem` */
export function writeWorld({ folder, chain, license, authority, ledger }: World, address: string): void {
  const { deployment, manufacturerId } = license;
  const addresses = { ...deployment, maker: chain.accounts.maker.address };
  const json = { rpc: chain.rpc, chainId: Number(chain.chainId), manufacturerId: String(manufacturerId), addresses };
  writeJson(join(folder, "chain.json"), json);
  const certificates = {
    root: authority.root.certificate.der,
    line: authority.line.certificate.der,
    device: ledger.units.byAddress(address)?.certificate ?? new Uint8Array(),
    ota: authority.ota.certificate,
  };
  mkdirSync(join(folder, "certs"), { recursive: true });
  for (const [name, der] of Object.entries(certificates)) {
    writeFileSync(join(folder, "certs", `${name}.pem`), encodePem("CERTIFICATE", der));
  }
}

export function writeReport(folder: string, report: DemoReport): void {
  writeJson(join(folder, "report.json"), report);
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
