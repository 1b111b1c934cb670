// SPDX-License-Identifier: Apache-2.0
// A node that fails and lies between an operator and the chain, by seed; and what must hold after it.
import { setTimeout as sleep } from "node:timers/promises";
import { Transaction } from "ethers";
import { isTouchmarkError, type TouchmarkError } from "../../../host/src/errors.ts";
import { type BatchReport, registerBatch } from "../../../host/src/registry/batch/register-batch.ts";
import { randomFrom } from "../../support/random.ts";
import { Dropped } from "../../support/rpc-bridge.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";
import { chain, lively, type Send, units, withClient } from "./batch-run.ts";
import { DAY, now, rolledBack } from "./chain.ts";
import { licensedWorld } from "./steps.ts";
import type { World } from "./world.ts";

/** Blocks after which a batch counts as final, and below which the chain is rewritten here. */
const DEPTH = 3;
const UNITS = 7;
/** Enough for two or three units a transaction. */
const GAS = 330_000n;
const RUNS = 6;
const MAKER = 6;
const SECOND = 8;
const MINT_DEVICES = 1;

export const faultKinds = [
  "lost request",
  "lost answer",
  "delay",
  "no receipt",
  "false status",
  "receipt without events",
  "receipt of no block",
  "stale state",
  "stale nonce",
  "wrong chain id",
  "lost transaction",
  "transaction sent twice",
  "fee spike",
  "reorganization",
  "crash",
  "nonce taken",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface SeedReport {
  readonly seed: number;
  readonly operators: number;
  /** Runs until one said that all is registered. */
  readonly runs: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** Empty where no unit was lost and none is there twice. */
  readonly failures: readonly string[];
}

interface Place {
  readonly world: World;
  readonly id: bigint;
}

export async function faultPlace(): Promise<Place> {
  const { world, id } = await licensedWorld();
  const expires = (await now()) + 300 * DAY;
  await world.send("maker", "nodes.setPrivilege", id, MINT_DEVICES, world.address("line"), expires);
  return { world, id };
}

/** Every third seed has a second operator: with a key of its own, or with the same. */
export async function runSeed(place: Place, seed: number): Promise<SeedReport> {
  return await rolledBack(async () => {
    using folder = new TemporaryFolder();
    const node = new FaultyNode(seed);
    const second = seed % 3;
    const operators = [{ journal: folder.join("a.sqlite"), account: MAKER }];
    if (second !== 0) operators.push({ journal: folder.join("b.sqlite"), account: second === 1 ? SECOND : MAKER });
    const failures: string[] = [];
    let runs = 0;
    let done = false;
    while (!done && runs < RUNS) {
      runs += 1;
      const reports = await Promise.all(operators.map((operator) => attempt(place, operator, node.connection())));
      for (const report of reports) if (report) failures.push(...(await believed(place, report, node)));
      done = reports.every((report) => report?.rejected.length === 0);
    }
    await node.end();
    // At last a node that is honest: what the journals hold is brought to its end.
    for (const operator of operators) {
      const report = await attempt(place, operator, lively, (error) => {
        failures.push(`an honest node: ${error.code} ${JSON.stringify(error.data)}`);
      });
      if (report !== undefined && report.registered.length !== UNITS)
        failures.push(`an honest node: ${report.registered.length} registered`);
    }
    failures.push(...(await lasting(place)));
    return { seed, operators: operators.length, runs, faults: node.faults, failures };
  });
}

/** The run's process ends at its n-th message, before it is sent or once it was answered; another takes over. */
export async function runCrash(place: Place, at: number, answered: boolean): Promise<CrashReport> {
  return await rolledBack(async () => {
    using folder = new TemporaryFolder();
    const operator = { journal: folder.join("a.sqlite"), account: MAKER };
    let messages = 0;
    const dying: Send = async (method, params) => {
      messages += 1;
      if (messages > at || (messages === at && !answered)) throw new Dropped();
      const answer = await lively(method, params);
      if (messages >= at) throw new Dropped();
      return answer;
    };
    const done = (await attempt(place, operator, dying)) !== undefined;
    const failures: string[] = [];
    const report = await attempt(place, operator, lively, ({ code }) => failures.push(code));
    failures.push(...(await lasting(place)));
    if (report?.registered.length !== UNITS) failures.push(`${report?.registered.length} registered`);
    return { done, failures };
  });
}

export interface CrashReport {
  /** The run came to its end before. */
  readonly done: boolean;
  readonly failures: readonly string[];
}

async function attempt(
  place: Place,
  operator: { readonly journal: string; readonly account: number },
  send: Send,
  failed?: (error: TouchmarkError) => void,
): Promise<BatchReport | undefined> {
  // Behind an honest node nothing is lost by waiting, on a busy machine.
  const times = failed === undefined ? { stuck: 40, patience: 400 } : { stuck: 5_000, patience: 30_000 };
  const terms = { gas: GAS, depth: DEPTH, ...times };
  try {
    return await withClient(place, { ...operator, send, terms }, (client) =>
      registerBatch(client, units(1, 1 + UNITS)),
    );
  } catch (error) {
    if (!isTouchmarkError(error)) throw error;
    failed?.(error);
    return undefined;
  }
}

/** What a run has said of the units is so; a block that was taken back since excuses it. */
async function believed({ world }: Place, { registered }: BatchReport, node: FaultyNode): Promise<string[]> {
  if (node.rewritten()) return [];
  const failures: string[] = [];
  for (const { address, tokenId } of registered) {
    const actual = await world.read<bigint>("registry.getAftermarketDeviceIdByAddress", address);
    if (actual !== tokenId) failures.push(`${address} was said to be ${tokenId} and is ${actual}`);
  }
  return failures;
}

async function lasting({ world, id }: Place): Promise<string[]> {
  const failures: string[] = [];
  for (const { address } of units(1, 1 + UNITS)) {
    const tokenId = await world.read<bigint>("registry.getAftermarketDeviceIdByAddress", address);
    if (tokenId === 0n) failures.push(`${address} is lost`);
  }
  const [held, counted] = [
    await world.read<bigint>("registry.balanceOf", world.address("maker")),
    await world.read<bigint>("registry.unitsRegistered", id),
  ];
  if (held !== BigInt(UNITS) || counted !== BigInt(UNITS)) failures.push(`${held} tokens, ${counted} charged`);
  return failures;
}

class FaultyNode {
  readonly faults = new Map<FaultKind, number>();
  readonly #random: () => number;
  #snapshot: { readonly id: unknown; readonly block: bigint } | undefined;
  #rewritten = false;
  #ended = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Whether blocks were taken back since the last question. */
  rewritten(): boolean {
    const was = this.#rewritten;
    this.#rewritten = false;
    return was;
  }

  /** Ends it, with the messages that are under way: a run that gave up leaves some behind. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }

  /** One run's connection: after a crash it answers nothing any more. */
  connection(): Send {
    let dead = false;
    return async (method, params) => {
      if (dead) throw new Dropped();
      const fault = this.#draw(method);
      if (fault !== undefined) this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
      dead = fault === "crash";
      if (dead || fault === "lost request") throw new Dropped();
      if (fault === "delay") await sleep(1 + Math.floor(this.#random() * 60));
      return await this.#inTurn(() => this.#answer(fault, method, params));
    };
  }

  // One message after the other: a reorganization takes back no more blocks than it has counted.
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #answer(fault: FaultKind | undefined, method: string, params: unknown[]): Promise<unknown> {
    if (this.#ended) throw new Dropped();
    await this.#before(fault, params);
    if (fault === "lost transaction") return Transaction.from(String(params[0])).hash;
    const answer = await lively(method, await this.#stale(fault, params));
    if (fault === "transaction sent twice") await lively(method, params).catch(() => undefined);
    if (fault === "lost answer") throw new Dropped();
    return altered(fault, answer);
  }

  #draw(method: string): FaultKind | undefined {
    const [roll, which] = [this.#random(), this.#random()];
    const own = byMethod[method] ?? [];
    const general = roll < 0.02;
    if (!general && roll > (method === "eth_call" ? 0.04 : 0.3)) return undefined;
    const kinds = general ? ofEveryMethod : own;
    return kinds[Math.floor(which * kinds.length)];
  }

  async #before(fault: FaultKind | undefined, params: readonly unknown[]): Promise<void> {
    if (fault === "reorganization") await this.#reorganize();
    if (fault === "nonce taken") {
      const { from } = Transaction.from(String(params[0]));
      await chain("eth_sendTransaction", [{ from, to: from, value: "0x0" }]).catch(() => undefined);
    }
  }

  // A reorganization takes back fewer blocks than make a batch final; what was in them is not in the pool again.
  async #reorganize(): Promise<void> {
    const block = BigInt(String(await chain("eth_blockNumber", [])));
    if (this.#snapshot !== undefined && block - this.#snapshot.block < BigInt(DEPTH)) {
      await chain("evm_revert", [this.#snapshot.id]);
      this.#rewritten = true;
    }
    const number = BigInt(String(await chain("eth_blockNumber", [])));
    this.#snapshot = { id: await chain("evm_snapshot", []), block: number };
  }

  async #stale(fault: FaultKind | undefined, params: unknown[]): Promise<unknown[]> {
    if (fault !== "stale state" && fault !== "stale nonce") return params;
    const block = BigInt(String(await chain("eth_blockNumber", [])));
    const behind = BigInt(1 + Math.floor(this.#random() * 4));
    return [params[0], `0x${(block > behind ? block - behind : 0n).toString(16)}`];
  }
}

const ofEveryMethod: readonly FaultKind[] = ["lost request", "lost answer", "delay", "reorganization", "crash"];

const byMethod: Readonly<Record<string, readonly FaultKind[]>> = {
  eth_getTransactionReceipt: ["no receipt", "false status", "receipt without events", "receipt of no block"],
  eth_call: ["stale state"],
  eth_getTransactionCount: ["stale nonce"],
  eth_chainId: ["wrong chain id"],
  eth_sendRawTransaction: ["lost transaction", "transaction sent twice", "nonce taken"],
  eth_maxPriorityFeePerGas: ["fee spike"],
};

function altered(fault: FaultKind | undefined, answer: unknown): unknown {
  if (fault === "no receipt") return null;
  if (fault === "wrong chain id") return "0x89";
  if (fault === "fee spike") return "0xffffffffffff";
  if (answer === null || typeof answer !== "object") return answer;
  const { status } = answer as { readonly status?: string };
  if (fault === "false status") return { ...answer, status: status === "0x1" ? "0x0" : "0x1" };
  if (fault === "receipt without events") return { ...answer, logs: [] };
  if (fault === "receipt of no block") return { ...answer, blockHash: `0x${"22".repeat(32)}` };
  return answer;
}
