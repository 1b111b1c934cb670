// SPDX-License-Identifier: Apache-2.0
// Announcing and withdrawing releases on the board.
import {
  type Contract,
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  isCallException,
} from "ethers";
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";

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
  const call = board.getFunction(method);
  const args = [manufacturerId, `0x${toHex(digest)}`, ...rest];
  try {
    // Asked first, so that a refusal costs nothing and says why.
    await call.staticCall(...args);
    const sent = (await call.send(...args)) as ContractTransactionResponse;
    return checkReceipt(board, event, await sent.wait());
  } catch (error) {
    throw translate(error);
  }
}

/** A receipt alone proves little: the event has to be there. */
function checkReceipt(board: Contract, event: string, receipt: ContractTransactionReceipt | null): BoardTransaction {
  const emitted = receipt?.logs.some((log) => board.interface.parseLog(log)?.name === event) ?? false;
  if (receipt === null || !emitted) throw new TouchmarkError("TRANSACTION_LOST", { data: { event } });
  return { hash: receipt.hash, block: receipt.blockNumber };
}

function translate(error: unknown): unknown {
  if (error instanceof TouchmarkError) return error;
  if (isCallException(error)) {
    const { revert, reason } = error;
    const data = { error: revert?.name ?? reason, args: revert?.args.map(String) };
    return new TouchmarkError("TRANSACTION_REVERTED", { data, cause: error });
  }
  return new TouchmarkError("CHAIN_UNREACHABLE", { cause: error });
}
