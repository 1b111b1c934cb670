// SPDX-License-Identifier: Apache-2.0
// A Hardhat chain with as many accounts, and slots below the board, as one asks for, all made by transactions; the words of
// the vectors' honest release stand among them. What eth_getProof says of the newest block is the large chain.
import { network } from "hardhat";
import { encodeRpcHeader } from "../../host/src/protocol/block-header.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { type LargeChain, largeSlots, NOBODY } from "../../protocol/vectors/lab/large.ts";
import { releaseWordOf } from "../../protocol/vectors/lab/make.ts";
import { BOARD, HONEST, NUMBER, TIMESTAMP } from "../../protocol/vectors/lab/scenario.ts";

// Calldata is i and end, 32 bytes each; memory holds i; then `body`, which may hash it:
//     PUSH0 CALLDATALOAD   loop: JUMPDEST DUP1 PUSH1 32 CALLDATALOAD GT PUSH1 more JUMPI STOP
//     more: JUMPDEST DUP1 PUSH0 MSTORE body PUSH1 1 ADD PUSH1 loop JUMP
const loop = (body: string): string => `0x5f355b8060203511600c57005b805f52${body}600101600256`;
// SSTORE(i, keccak256(i)): PUSH1 32 PUSH0 KECCAK256 DUP2 SSTORE
const STORE = loop("60205f208155");
// CALL(keccak256(i), value 1): PUSH0 PUSH0 PUSH0 PUSH0 PUSH1 1 PUSH1 32 PUSH0 KECCAK256 PUSH0 CALL POP
const PAY = loop("5f5f5f5f600160205f205ff150");

const BATCH = 10_000;
const GAS_EACH = 40_000;
// Unix seconds of the first block, and between those that hold batches.
const START = TIMESTAMP - 100_000_000n;
const SPACING = 100n;
const PAYER = `0x${"9a".repeat(20)}`;
// The bytes that the vectors' code hash is of.
const CODE = `0x${Buffer.from("FAKE board code", "utf8").toString("hex")}`;

interface Proof {
  readonly accountProof: readonly string[];
  readonly storageProof: readonly { readonly proof: readonly string[] }[];
}

type Send = (method: string, ...params: readonly unknown[]) => Promise<unknown>;

/** Below 2^32 accounts and slots; a seed's are not another's. */
export async function makeLargeChain(seed: number, accounts: number, slots: number): Promise<LargeChain> {
  const { provider } = await network.create({
    override: {
      blockGasLimit: BATCH * GAS_EACH,
      transactionGasCap: false,
      initialDate: new Date(Number(START) * 1000),
    },
  });
  const send: Send = (method, ...params) => provider.request({ method, params: [...params] });
  const board = hex(BOARD);
  await send("hardhat_setCode", PAYER, PAY);
  await send("hardhat_setBalance", PAYER, quantity(BigInt(accounts)));
  await send("hardhat_setCode", board, STORE);
  await run(send, PAYER, seed, accounts);
  await run(send, board, seed, slots);
  await send("hardhat_setCode", board, CODE);
  // As a contract's that was created.
  await send("hardhat_setNonce", board, "0x1");
  const announced = releaseWordOf(HONEST);
  if (announced === null || HONEST.license === null || HONEST.rootWord === null) throw new Error("words are missing");
  const words = [
    [largeSlots.license, HONEST.license],
    [largeSlots.release, announced],
    [largeSlots.root, HONEST.rootWord],
  ] as const;
  for (const [slot, word] of words) {
    await send("hardhat_setStorageAt", board, quantity(BigInt(hex(slot))), hex(word));
  }
  await mineTo(send, NUMBER, TIMESTAMP);
  return capture(send, { seed, accounts, slots });
}

async function run(send: Send, to: string, seed: number, count: number): Promise<void> {
  const [from] = (await send("eth_accounts")) as string[];
  const first = BigInt(seed) << 32n;
  for (let at = 0; at < count; at += BATCH) {
    const data = `0x${word(first + BigInt(at))}${word(first + BigInt(Math.min(count, at + BATCH)))}`;
    await fixTime(send);
    const hash = await send("eth_sendTransaction", { from, to, gas: quantity(BigInt(BATCH * GAS_EACH)), data });
    const { status } = (await send("eth_getTransactionReceipt", hash)) as { readonly status: string };
    if (status !== "0x1") throw new Error(`the chain refused a batch from ${at} on`);
  }
}

/** Of the next block: the machine's clock would stand in it otherwise. */
async function fixTime(send: Send): Promise<void> {
  const now = BigInt(String(await send("eth_blockNumber")));
  await send("evm_setNextBlockTimestamp", quantity(START + (now + 1n) * SPACING));
}

async function mineTo(send: Send, number: bigint, timestamp: bigint): Promise<void> {
  const now = BigInt(String(await send("eth_blockNumber")));
  await fixTime(send);
  await send("hardhat_mine", quantity(number - 1n - now), "0x1");
  await send("evm_setNextBlockTimestamp", quantity(timestamp));
  await send("evm_mine");
}

async function capture(send: Send, made: Pick<LargeChain, "seed" | "accounts" | "slots">): Promise<LargeChain> {
  const block = (await send("eth_getBlockByNumber", "latest", false)) as Readonly<Record<string, unknown>>;
  const slots = Object.values(largeSlots).map(hex);
  const own = (await send("eth_getProof", hex(BOARD), slots, "latest")) as Proof;
  const nobody = (await send("eth_getProof", hex(NOBODY), [], "latest")) as Proof;
  return {
    ...made,
    header: toHex(encodeRpcHeader(block)),
    state: once([...own.accountProof, ...nobody.accountProof]),
    storage: once(own.storageProof.flatMap(({ proof }) => proof)),
  };
}

const once = (nodes: readonly string[]): string[] => [...new Set(nodes)].map((node) => node.slice(2));
const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
const quantity = (value: bigint): string => `0x${value.toString(16)}`;
const word = (value: bigint): string => value.toString(16).padStart(64, "0");
