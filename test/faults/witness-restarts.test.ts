// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { checkWitnessStatement, type WitnessStatement } from "../../host/src/protocol/witness-statement.ts";
import { HttpWitness } from "../../host/src/witness/http-witness.ts";
import { Chance } from "../../protocol/vectors/lab/random.ts";
import { FakeChain } from "../support/fake-node.ts";

// 1,000 for a campaign: TOUCHMARK_RESTARTS=1000.
const RESTARTS = Number(process.env["TOUCHMARK_RESTARTS"] ?? 12);
const SEED = Number(process.env["TOUCHMARK_SEED"] ?? 5);
const ASKED_AT_ONCE = 4;
const MOST_ANSWERS = 12;
const CHAIN = 137n;
const COMPILED = join(import.meta.dirname, "../../build/compile-cache");

describe(`a witness killed under load, ${RESTARTS} times (seed ${SEED})`, function () {
  this.timeout(20_000 + RESTARTS * 3_000);

  it("never signs two hashes for one number, whatever its node says in between", async () => {
    const chance = new Chance(SEED);
    const folder = mkdtempSync(join(tmpdir(), "touchmark-witness-"));
    const chain = new FakeChain(CHAIN);
    chain.finalized = 4n;
    const bridge = await chain.serve();
    const statements: WitnessStatement[] = [];
    try {
      for (let restart = 0; restart < RESTARTS; restart++) {
        chain.finalized += BigInt(chance.below(6));
        chain.forkedFrom = chance.below(2) === 0 ? 1n : 1n << 62n;
        const { child, url } = await start(bridge.url, join(folder, "record.db"));
        const left = { answers: chance.below(MOST_ANSWERS) };
        const asked = ask(url, statements, left, () => setTimeout(() => child.kill("SIGKILL"), chance.below(10)));
        const exited = once(child, "exit");
        await asked;
        // Where a client gave up on a slow machine before its share was answered.
        child.kill("SIGKILL");
        await exited;
      }
    } finally {
      await bridge[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    }
    for (const statement of statements) checkWitnessStatement(statement);
    const hashes = Map.groupBy(statements, ({ number }) => number);
    for (const [number, list] of hashes) {
      expect(new Set(list.map(({ blockHash }) => toHex(blockHash))).size, `block ${number}`).to.equal(1);
    }
    expect(hashes.size).to.be.above(RESTARTS / 4);
  });
});

async function start(rpc: string, record: string): Promise<{ child: ChildProcess; url: string }> {
  const script = join(import.meta.dirname, "../support/witness-process.ts");
  // Half of a start would be the stripping of types.
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env };
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [script, rpc, String(CHAIN), record], { env, stdio: [...stdio] });
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, url: `http://127.0.0.1:${port}` };
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
