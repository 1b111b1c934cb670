// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../../host/src/protocol/chain.ts";
import { checkWitnessStatement } from "../../../host/src/protocol/witness-statement.ts";
import { EthereumNode } from "../../../host/src/witness/ethereum-node.ts";
import { WitnessRecord } from "../../../host/src/witness/record.ts";
import { LocalWitness } from "../../../host/src/witness/witness.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { FakeChain } from "../../support/fake-node.ts";
import { refusal, verdict } from "../../support/refusal.ts";
import type { RpcBridge } from "../../support/rpc-bridge.ts";

const CHAIN = 137n;

describe("a witness", () => {
  let chain: FakeChain;
  let bridge: RpcBridge;
  let record: WitnessRecord;
  let now: bigint;

  beforeEach(async () => {
    chain = new FakeChain(CHAIN);
    chain.finalized = 100n;
    now = chain.timestamp(1000n);
    bridge = await chain.serve();
    record = new WitnessRecord(":memory:");
  });
  afterEach(async () => {
    record[Symbol.dispose]();
    await bridge[Symbol.asyncDispose]();
  });

  const witness = (
    policy: { granularity?: bigint; minAge?: bigint; maxAge?: bigint; chainId?: bigint } = {},
  ): LocalWitness =>
    new LocalWitness({
      node: new EthereumNode(bridge.url),
      signer: fakeSigner("witness-1"),
      record,
      policy: { chainId: CHAIN, epoch: 4, granularity: 32n, minAge: 0n, maxAge: 0n, ...policy },
      now: () => now,
    });

  it("vouches for the newest final multiple of its granularity", async () => {
    const statement = await witness().statement(NO_CHALLENGE);
    expect(statement.number).to.equal(96n);
    expect(statement.epoch).to.equal(4);
    expect(statement.timestamp).to.equal(chain.timestamp(96n));
    checkWitnessStatement(statement);
  });

  it("D2 signs over a unit's challenge, for the same block", async () => {
    const nonce = new Uint8Array(32).fill(5);
    const statement = await witness().statement(nonce);
    expect(statement.nonce).to.deep.equal(nonce);
    expect(statement.number).to.equal(96n);
  });

  it("waits until a block is old enough", async () => {
    now = chain.timestamp(96n) + 299n;
    expect((await witness({ minAge: 300n }).statement(NO_CHALLENGE)).number).to.equal(64n);
    now += 1n;
    expect((await witness({ minAge: 300n }).statement(NO_CHALLENGE)).number).to.equal(96n);
  });

  it("D2 D14 vouches for no block above its max-age, over a fresh challenge neither, until its node has caught up", async () => {
    const nonce = new Uint8Array(32).fill(0x42);
    const strict = { minAge: 300n, maxAge: 3600n };
    chain.finalized = 64_000n;
    now = chain.timestamp(64_000n) + 3600n;
    expect((await witness(strict).statement(nonce)).number).to.equal(64_000n);
    now += 1n;
    expect((await refusal(witness(strict).statement(NO_CHALLENGE))).code).to.equal("WITNESS_LAGS");
    // A node that was restored from an old snapshot, a year later.
    chain.finalized = 32_000n;
    now += 365n * 86_400n;
    const { code, data } = await refusal(witness(strict).statement(nonce));
    expect([code, data["number"], data["maxAge"]]).to.deep.equal(["WITNESS_LAGS", "32000", "3600"]);
    expect(record.find(CHAIN, 32_000n)).to.equal(undefined);
    expect((await witness({ ...strict, maxAge: 0n }).statement(nonce)).number).to.equal(32_000n);
    chain.finalized = (now - chain.timestamp(0n)) / 2n;
    expect((await witness(strict).statement(nonce)).number > 64_000n).to.equal(true);
  });

  it("asks its node for few blocks, however far back the eligible one is, and finds the newest", async () => {
    for (const [granularity, minAge, head] of [
      [1n, 300n, 1000n],
      [1n, 299n, 6_400_000n],
      [7n, 1_999_999n, 2_000_001n],
      [32n, 300n, 331n],
      [1n, 2n, 2n],
    ] as const) {
      chain.finalized = head;
      now = chain.timestamp(head) + 1n;
      chain.reads = 0;
      const { number } = await witness({ granularity, minAge }).statement(NO_CHALLENGE);
      const newest = head - minAge / 2n; // two seconds between blocks
      expect(number).to.equal(newest - (newest % granularity));
      expect(chain.reads).to.be.below(2 * Math.log2(Number(minAge)) + 3);
    }
  });

  it("says that its clock stands behind its chain, instead of looking far back", async () => {
    chain.finalized = 6_400_000n;
    now = chain.timestamp(6_400_000n) - 301n;
    const { code, data } = await refusal(witness({ minAge: 300n }).statement(NO_CHALLENGE));
    expect([code, data["behind"], chain.reads]).to.deep.equal(["WITNESS_CLOCK", "301", 1]);
    now += 1n;
    expect((await witness({ minAge: 300n }).statement(NO_CHALLENGE)).number).to.equal(6_400_000n - 320n);
    expect((await witness().statement(NO_CHALLENGE)).number).to.equal(6_400_000n);
  });

  it("signs under its own record alone", async () => {
    await witness().statement(NO_CHALLENGE);
    const policy = { ...witnessPolicy };
    const other = { node: new EthereumNode(bridge.url), signer: fakeSigner("witness-2"), record, policy };
    expect(verdict(() => new LocalWitness(other))).to.equal("WITNESS_RECORD_FOREIGN");
  });

  it("has nothing to say where no block is eligible", async () => {
    chain.finalized = 31n;
    expect((await refusal(witness().statement(NO_CHALLENGE))).code).to.equal("NO_ELIGIBLE_BLOCK");
  });

  it("never signs two hashes for one number, and goes on with the next", async () => {
    await witness().statement(NO_CHALLENGE);
    chain.forkedFrom = 90n;
    expect((await refusal(witness().statement(NO_CHALLENGE))).code).to.equal("WITNESS_EQUIVOCATION");
    expect((await refusal(witness().statement(new Uint8Array(32).fill(1)))).code).to.equal("WITNESS_EQUIVOCATION");
    chain.finalized = 130n;
    expect((await witness().statement(NO_CHALLENGE)).number).to.equal(128n);
  });

  it("records before it signs: a key that fails leaves the hash standing", async () => {
    const failing = { ...fakeSigner("witness-1"), sign: () => Promise.reject(new Error("token pulled out")) };
    const { node, policy } = { node: new EthereumNode(bridge.url), policy: witnessPolicy };
    const broken = new LocalWitness({ node, signer: failing, record, policy, now: () => now });
    await broken.statement(NO_CHALLENGE).catch(() => undefined);
    expect(toHex(record.find(CHAIN, 96n) ?? new Uint8Array())).to.match(/^[0-9a-f]{64}$/);
  });

  it("D15 does not vouch for another chain", async () => {
    expect((await refusal(witness({ chainId: 80002n }).statement(NO_CHALLENGE))).code).to.equal("CHAIN_WRONG");
  });

  const witnessPolicy = { chainId: CHAIN, epoch: 4, granularity: 32n, minAge: 0n, maxAge: 0n };
});
