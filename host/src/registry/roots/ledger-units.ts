// SPDX-License-Identifier: Apache-2.0
// A batch from a station's ledger: its leaves are made of certificates and salted minting records as they stand there.
import { TouchmarkError } from "../../errors.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { toHex } from "../../protocol/bytes.ts";
import { mintingRecordHash, saltedSerialHash } from "../../protocol/minting-record.ts";
import { sha256 } from "../../protocol/secp256k1.ts";
import type { RootFile, RootUnit } from "./root-file.ts";

const BATCH = "batch";
const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;

/** Whether the unit stands in a batch root: its node comes with its claim. */
export function isInBatch(ledger: Ledger, chipId: string): boolean {
  return placeInBatch(ledger, chipId) !== undefined;
}

/** Where the unit's leaf stands, as enterBatch has noted it. */
export function placeInBatch(
  { events }: Ledger,
  chipId: string,
): { readonly batchId: string; readonly index: number } | undefined {
  const entry = events.of(chipId).find(({ what }) => what === BATCH);
  return entry && { batchId: String(entry.data["batchId"]), index: Number(entry.data["index"]) };
}

/** Units of a model that have shown their key and stand neither in the registry nor in a batch, oldest first. */
export function waitingUnits(ledger: Ledger, hardwareModel: string): RootUnit[] {
  return ledger.units
    .all()
    .filter((unit) => unit.state === "verified" && unit.hardwareModel === hardwareModel)
    .filter(({ chipId }) => !isInBatch(ledger, chipId))
    .map(({ chipId, address, serial, certificate }) => {
      const minting = ledger.mintings.of(chipId);
      if (!minting) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, what: "no minting record" } });
      return {
        address,
        certificateHash: hex(sha256(certificate)),
        mintingRecordHash: hex(mintingRecordHash(minting.record, minting.salt)),
        saltedSerialHash: hex(saltedSerialHash(serial, minting.salt)),
      };
    });
}

/** Notes for each unit of the file that it stands in this batch; once. @throws LEDGER_CONFLICT for another ledger's */
export function enterBatch(ledger: Ledger, { batchId, units }: RootFile, at: number): void {
  ledger.transaction(() => {
    for (const { address, index } of units) {
      const row = ledger.units.byAddress(address);
      if (!row) throw new TouchmarkError("LEDGER_CONFLICT", { data: { address, what: "unknown" } });
      if (!isInBatch(ledger, row.chipId))
        ledger.events.add({ at, subject: row.chipId, what: BATCH, data: { batchId, index } });
    }
  });
}
