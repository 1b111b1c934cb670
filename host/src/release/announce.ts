// SPDX-License-Identifier: Apache-2.0
// Announcing and withdrawing releases on the board.
import type { Contract } from "ethers";
import { toHex } from "../protocol/bytes.ts";
import { type Call, transact } from "../registry/transaction.ts";

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

export const announceCall = ({ board, manufacturerId, digest }: BoardRelease, securityVersion: number): Call => ({
  contract: board,
  method: "announce",
  args: [manufacturerId, `0x${toHex(digest)}`, securityVersion],
  event: "ReleaseAnnounced",
});

/** For good. */
export const withdrawCall = ({ board, manufacturerId, digest }: BoardRelease): Call => ({
  contract: board,
  method: "withdraw",
  args: [manufacturerId, `0x${toHex(digest)}`],
  event: "ReleaseWithdrawn",
});

/** @throws TRANSACTION_REVERTED with the board's error, TRANSACTION_LOST, CHAIN_UNREACHABLE */
export async function sendToBoard(call: Call): Promise<BoardTransaction> {
  const { hash, blockNumber } = await transact(call);
  return { hash, block: blockNumber };
}
