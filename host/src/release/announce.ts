// SPDX-License-Identifier: Apache-2.0
// Announcing and withdrawing releases on the board.
import type { Contract } from "ethers";
import { toHex } from "../protocol/bytes.ts";
import { transact } from "../registry/transaction.ts";

/** A release on a board, the contract connected to an owner or announcer of the node. */
export interface BoardRelease {
  readonly board: Contract;
  readonly manufacturerId: bigint;
  /** Manifest digest. */
  readonly digest: Uint8Array;
}

export interface BoardTransaction {
  readonly hash: string;
  readonly block: number;
}

/** @throws TRANSACTION_REVERTED with the board's error, TRANSACTION_LOST, CHAIN_UNREACHABLE */
export function announceRelease(release: BoardRelease, securityVersion: number): Promise<BoardTransaction> {
  return send(release, "announce", "ReleaseAnnounced", [securityVersion]);
}

/** For good. @throws TRANSACTION_REVERTED with the board's error, TRANSACTION_LOST, CHAIN_UNREACHABLE */
export function withdrawRelease(release: BoardRelease): Promise<BoardTransaction> {
  return send(release, "withdraw", "ReleaseWithdrawn", []);
}

async function send(
  { board, manufacturerId, digest }: BoardRelease,
  method: string,
  event: string,
  rest: readonly unknown[],
): Promise<BoardTransaction> {
  const args = [manufacturerId, `0x${toHex(digest)}`, ...rest];
  const receipt = await transact({ contract: board, method, args, event });
  return { hash: receipt.hash, block: receipt.blockNumber };
}
