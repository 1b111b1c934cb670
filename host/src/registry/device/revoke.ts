// SPDX-License-Identifier: Apache-2.0
import { encodeBytes32String } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { type Call, read, transact } from "../transaction.ts";

const REASON_BYTES = 31;

/** @throws PREFLIGHT on DIMO's registry, which has no such thing; USAGE for a long reason */
export function revocationCall({ contract, name }: RegistryBackend, tokenId: bigint, reason: string): Call {
  if (name !== "touchmark")
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "revocation: DIMO's registry has none" } });
  return { contract, method: "revokeDevice", args: [tokenId, reasonWord(reason)], event: "DeviceRevoked" };
}

/**
 * Ends a unit on chain, for good; once.
 * @throws as revocationCall; TRANSACTION_*
 */
export async function revokeDevice(backend: RegistryBackend, tokenId: bigint, reason: string): Promise<void> {
  const call = revocationCall(backend, tokenId, reason);
  const revoked = (): Promise<boolean> => read<boolean>(backend.contract, "isDeviceRevoked", tokenId);
  if (await revoked()) return;
  await transact(call);
  if (!(await revoked())) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { tokenId: `${tokenId}` } });
}

/** A reason as it stands in an event. @throws USAGE */
export function reasonWord(reason: string): string {
  if (Buffer.byteLength(reason) > REASON_BYTES)
    throw new TouchmarkError("USAGE", { data: { option: "reason", expected: `at most ${REASON_BYTES} bytes` } });
  return encodeBytes32String(reason);
}
