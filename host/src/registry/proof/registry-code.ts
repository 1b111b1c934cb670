// SPDX-License-Identifier: Apache-2.0
// Whose code writes the storage that is proved: slots mean what this build's contract means by them and nothing else.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../../errors.ts";
import { equalBytes, fromHex, toHex } from "../../protocol/bytes.ts";
import { loadArtifact } from "../artifacts.ts";

/**
 * @param code as a node says @param codeHash as the account's proof says
 * @throws NODE_CONTRADICTED for other code than the chain's, ACCOUNT_CODE_HASH for another contract than this build's
 */
export function requireRegistryCode(code: Uint8Array, codeHash: Uint8Array): void {
  const hash = keccak_256(code);
  if (!equalBytes(hash, codeHash)) {
    const data = { what: "eth_getCode", answered: toHex(hash), proved: toHex(codeHash) };
    throw new TouchmarkError("NODE_CONTRADICTED", { data });
  }
  const { deployedBytecode, immutableReferences } = loadArtifact("DeviceRegistry");
  const template = fromHex(deployedBytecode);
  const places = Object.values(immutableReferences).flat();
  if (!equalBytes(withoutImmutables(code, places), withoutImmutables(template, places))) {
    const data = { codeHash: toHex(codeHash), expected: "the registry of this build" };
    throw new TouchmarkError("ACCOUNT_CODE_HASH", { data });
  }
}

interface Place {
  readonly start: number;
  readonly length: number;
}

// The deployer's: what they are does not move a slot.
function withoutImmutables(code: Uint8Array, places: readonly Place[]): Uint8Array {
  const bytes = Uint8Array.from(code);
  for (const { start, length } of places) bytes.fill(0, start, start + length);
  return bytes;
}
