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
import { refusal } from "../../support/refusal.ts";
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

  const witness = (policy: { granularity?: bigint; minAge?: bigint; chainId?: bigint } = {}): LocalWitness =>
    new LocalWitness({
      node: new EthereumNode(bridge.url),
      signer: fakeSigner("witness-1"),
      record,
      policy: { chainId: CHAIN, epoch: 4, granularity: 32n, minAge: 0n, ...policy },
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

  const witnessPolicy = { chainId: CHAIN, epoch: 4, granularity: 32n, minAge: 0n };
});
