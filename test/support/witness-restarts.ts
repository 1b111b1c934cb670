// SPDX-License-Identifier: Apache-2.0
// A witness service in a process of its own, killed under load and started again over the same record, while its node
// tells of now one chain, now another.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { checkWitnessStatement, type WitnessStatement } from "../../host/src/protocol/witness-statement.ts";
import { HttpWitness } from "../../host/src/witness/http-witness.ts";
import { WitnessRecord } from "../../host/src/witness/record.ts";
import { Chance } from "../../protocol/vectors/lab/random.ts";
import { FakeChain } from "./fake-node.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const ASKED_AT_ONCE = 4;
const MOST_ANSWERS = 12;
const CHAIN = 137n;
const START_MS = 60_000;
const COMPILED = join(import.meta.dirname, "../../build/compile-cache");

export interface Restarts {
  readonly restarts: number;
  /** Given before the kills, with a good signature, and standing in the record. */
  readonly statements: number;
  readonly numbers: number;
}

/**
 * @param restarts of this one witness @param done after each of them
 * @throws where a statement is bad, missing in the record, or the second for its number; where a witness does not start
 */
export async function restartWitness(restarts: number, seed: number, done = (): void => {}): Promise<Restarts> {
  const chance = new Chance(seed);
  using folder = new TemporaryFolder();
  const record = folder.join("record.db");
  const chain = new FakeChain(CHAIN);
  chain.finalized = 4n;
  await using bridge = await chain.serve();
  const hashes = new Map<bigint, string>();
  let count = 0;
  for (let restart = 0; restart < restarts; restart++) {
    chain.finalized += BigInt(chance.below(6));
    chain.forkedFrom = chance.below(2) === 0 ? 1n : 1n << 62n;
    const { child, url } = await start(bridge.url, record);
    const exited = once(child, "exit");
    const statements: WitnessStatement[] = [];
    const left = { answers: chance.below(MOST_ANSWERS) };
    await ask(url, statements, left, () => setTimeout(() => child.kill("SIGKILL"), chance.below(10)));
    // Where a client gave up on a slow machine before its share was answered.
    child.kill("SIGKILL");
    await exited;
    judge(statements, record, hashes);
    count += statements.length;
    done();
  }
  return { restarts, statements: count, numbers: hashes.size };
}

/** @param hashes by number, of this run's statements: grows */
function judge(statements: readonly WitnessStatement[], path: string, hashes: Map<bigint, string>): void {
  using record = new WitnessRecord(path);
  for (const statement of statements) {
    checkWitnessStatement(statement);
    const { number } = statement;
    const hash = toHex(statement.blockHash);
    const before = hashes.get(number) ?? hash;
    const recorded = toHex(record.find(CHAIN, number) ?? new Uint8Array());
    if (before !== hash || recorded !== hash) {
      throw new Error(`block ${number}: signed ${hash}, signed before ${before}, recorded ${recorded}`);
    }
    hashes.set(number, hash);
  }
}

async function start(rpc: string, record: string): Promise<{ child: ChildProcess; url: string }> {
  const script = join(import.meta.dirname, "witness-process.ts");
  // Half of a start would be the stripping of types.
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env };
  const stdio = ["pipe", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [script, rpc, String(CHAIN), record], { env, stdio: [...stdio] });
  const lines = createInterface(child.stdout);
  const signal = AbortSignal.timeout(START_MS);
  try {
    const [port] = (await Promise.race([once(lines, "line", { signal }), refuseExit(child, signal)])) as [string];
    return { child, url: `http://127.0.0.1:${port}` };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

async function refuseExit(child: ChildProcess, signal: AbortSignal): Promise<never> {
  const [code] = (await once(child, "exit", { signal })) as [number | null];
  throw new Error(`a witness did not start: exit ${code}`);
}

/** Until the service is gone: `enough` is called once it has given its share of answers, with others under way. */
async function ask(
  url: string,
  statements: WitnessStatement[],
  left: { answers: number },
  enough: () => void,
): Promise<void> {
  const source = new HttpWitness(url);
  let gone = false;
  const client = async (index: number): Promise<void> => {
    const nonce = index === 0 ? NO_CHALLENGE : new Uint8Array(32).fill(index);
    while (!gone) {
      try {
        statements.push(await source.statement(nonce));
      } catch (error) {
        gone ||= !isTouchmarkError(error) || error.data["status"] === undefined;
      }
      if (left.answers-- === 0) enough();
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, (_, index) => client(index)));
}
