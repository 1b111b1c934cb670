// SPDX-License-Identifier: Apache-2.0
// Where a ledger's unit stands on chain. The ledger may know less: a station can be killed between the mint and the
// unit's row, and a unit of a batch root is claimed without its station.
import { ZeroAddress } from "ethers";
import { checkProfile } from "../authority/check-profile.ts";
import { profiles } from "../authority/profiles.ts";
import { TouchmarkError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { UnitRow } from "../ledger/units.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import type { RegistryBackend } from "../registry/backend/backend.ts";
import { addressOf } from "../registry/device/device.ts";
import { findDevice } from "../registry/register.ts";
import { requireRoots } from "../registry/roots/commit-root.ts";
import { placeInBatch } from "../registry/roots/ledger-units.ts";
import { read } from "../registry/transaction.ts";

export type ChainPlace =
  | { readonly kind: "never registered" }
  | { readonly kind: "node"; readonly tokenId: bigint }
  /** Another board has the unit's node. */
  | { readonly kind: "moved"; readonly tokenId: bigint; readonly address: string }
  /** Its leaf was revoked. */
  | { readonly kind: "leaf revoked"; readonly batchId: string; readonly index: number };

/**
 * @throws PREFLIGHT for a leaf that can be claimed still; REGISTRATION_MISMATCH where the chain does not know the
 * ledger's token, and as findDevice
 */
export async function chainPlace(
  { ledger, backend }: { readonly ledger: Ledger; readonly backend: RegistryBackend },
  { chipId, address, certificate, tokenId }: UnitRow,
): Promise<ChainPlace> {
  const { manufacturerId } = checkProfile(profiles.device, decodeCertificate(certificate)).manufacturer;
  // Our registry makes the token's number of the first address. DIMO's goes on resolving the old one.
  const known = tokenId ?? (backend.name === "touchmark" ? BigInt(address) : undefined);
  const holder = known === undefined ? ZeroAddress : await addressOf(backend, known);
  if (known !== undefined && holder !== ZeroAddress && holder !== address)
    return { kind: "moved", tokenId: known, address: holder };
  const device = await findDevice(backend, manufacturerId, address);
  if (device) return { kind: "node", tokenId: device.tokenId };
  if (tokenId !== undefined)
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address, tokenId: `${tokenId}`, holder } });
  const leaf = placeInBatch(ledger, chipId);
  if (!leaf) return { kind: "never registered" };
  requireRoots(backend);
  const { batchId, index } = leaf;
  if (await read<boolean>(backend.contract, "isBatchUnitTaken", manufacturerId, batchId, index))
    return { kind: "leaf revoked", batchId, index };
  const missing = `the leaf's revocation: touchmark registry revoke-root FILE-OF-BATCH-${batchId} ${address}`;
  throw new TouchmarkError("PREFLIGHT", { data: { missing, batchId, index } });
}
