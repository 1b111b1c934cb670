// SPDX-License-Identifier: Apache-2.0
import { network } from "hardhat";

/** One in-process chain per test file. */
const connection = await network.create();

export const { ethers } = connection;
export const DAY = 86_400;

const send = (method: string, params: unknown[] = []): Promise<unknown> => ethers.provider.send(method, params);

/** Unix seconds of the newest block. */
export async function now(): Promise<number> {
  const block = await ethers.provider.getBlock("latest");
  if (block === null) throw new Error("the chain has no block");
  return block.timestamp;
}

export async function pass(seconds: number): Promise<void> {
  await send("evm_increaseTime", [seconds]);
  await send("evm_mine");
}

/** Every test of the enclosing suite starts from the state that `before` left. */
export function rollBackAfterEach(): void {
  let snapshot: unknown;
  beforeEach(async () => {
    snapshot = await send("evm_snapshot");
  });
  afterEach(async () => {
    await send("evm_revert", [snapshot]);
  });
}

/** Runs something and takes the chain back to where it was. */
export async function rolledBack<T>(run: () => Promise<T>): Promise<T> {
  const snapshot = await send("evm_snapshot");
  try {
    return await run();
  } finally {
    await send("evm_revert", [snapshot]);
  }
}
