// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { checkWitnessStatement } from "../../host/src/protocol/witness-statement.ts";
import { EthereumNode } from "../../host/src/witness/ethereum-node.ts";
import { HttpWitness } from "../../host/src/witness/http-witness.ts";
import { WitnessRecord } from "../../host/src/witness/record.ts";
import { witnessService } from "../../host/src/witness/service.ts";
import { LocalWitness } from "../../host/src/witness/witness.ts";
import { fakeSigner } from "../support/fake-keys.ts";
import { FakeChain } from "../support/fake-node.ts";
import { refusal } from "../support/refusal.ts";
import type { RpcBridge } from "../support/rpc-bridge.ts";

const CHAIN = 137n;

describe("a witness service", () => {
  let chain: FakeChain;
  let bridge: RpcBridge;
  let record: WitnessRecord;
  let server: Server;
  let url: string;
  let now: number;

  beforeEach(async () => {
    chain = new FakeChain(CHAIN);
    chain.finalized = 70n;
    now = 0;
    bridge = await chain.serve();
    record = new WitnessRecord(":memory:");
    const policy = { chainId: CHAIN, epoch: 1, granularity: 32n, minAge: 0n };
    const signer = fakeSigner("witness-1");
    const witness = new LocalWitness({ node: new EthereumNode(bridge.url), signer, record, policy });
    server = witnessService({ witness, rate: 1, now: () => now });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    record[Symbol.dispose]();
    await bridge[Symbol.asyncDispose]();
  });

  const get = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: string }> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.text() };
  };

  it("gives the block that it chose", async () => {
    const statement = await new HttpWitness(url).statement(NO_CHALLENGE);
    checkWitnessStatement(statement);
    expect(statement.number).to.equal(64n);
  });

  it("D2 signs over a challenge, and for no block that a requester names", async () => {
    const nonce = new Uint8Array(32).fill(9);
    const named = await get(`/v1/statement?nonce=${toHex(nonce)}&number=32&block=32`);
    expect(JSON.parse(named.body)).to.include({ number: "64", nonce: `0x${toHex(nonce)}` });
    expect((await get("/v1/statement/32")).status).to.equal(404);
  });

  it("refuses what is no request", async () => {
    expect((await get("/v1/statement?nonce=00")).status).to.equal(400);
    expect((await get(`/v1/statement?nonce=${"G".repeat(64)}`)).status).to.equal(400);
    expect((await get("/v1/statement", { method: "POST", body: "{}" })).status).to.equal(405);
    expect((await get("//")).status).to.equal(400);
    expect((await get("/")).status).to.equal(404);
  });

  it("limits the rate of an address, and forgives with time", async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++) statuses.push((await get("/metrics")).status);
    expect(statuses).to.deep.equal([...Array.from({ length: 10 }, () => 200), 429, 429]);
    now = 1;
    expect((await get("/metrics")).status).to.equal(200);
  });

  it("says that it is not well while its node is away, and why", async () => {
    expect((await get("/health")).status).to.equal(200);
    await bridge[Symbol.asyncDispose]();
    const { status, body } = await get("/health");
    expect(status).to.equal(503);
    expect(JSON.parse(body)).to.include({ code: "CHAIN_UNREACHABLE" });
    bridge = await chain.serve();
  });

  it("withholds a statement after a reorganisation, and counts it", async () => {
    await get("/v1/statement");
    chain.forkedFrom = 1n;
    const error = await refusal(new HttpWitness(url).statement(NO_CHALLENGE));
    expect(error.code).to.equal("WITNESS_UNREACHABLE");
    expect(error.data["answer"]).to.include({ code: "WITNESS_EQUIVOCATION" });
    const { body } = await get("/metrics");
    expect(body).to.include("touchmark_witness_equivocations_total 1\n");
    expect(body).to.include("touchmark_witness_statements_total 1\n");
    expect(body).to.include("touchmark_witness_newest_block 64\n");
  });

  it("A17 never shows its node's address or key", async () => {
    await bridge[Symbol.asyncDispose]();
    const { body } = await get("/v1/statement");
    expect(body).to.not.include(new URL(bridge.url).port);
    bridge = await chain.serve();
  });
});
