// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { addressOf } from "../../host/src/protocol/secp256k1.ts";
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
import { PIN, SoftHsm } from "../support/soft-hsm.ts";

const CHAIN = 137n;

describe("a witness service", () => {
  let chain: FakeChain;
  let bridge: RpcBridge;
  let record: WitnessRecord;
  let server: Server;
  let url: string;
  let now: number;
  let clock: bigint;

  beforeEach(async () => {
    chain = new FakeChain(CHAIN);
    chain.finalized = 70n;
    now = 0;
    clock = chain.timestamp(70n);
    bridge = await chain.serve();
    record = new WitnessRecord(":memory:");
    const policy = { chainId: CHAIN, epoch: 1, granularity: 32n, minAge: 0n, maxAge: 3600n };
    const signer = fakeSigner("witness-1");
    const node = new EthereumNode(bridge.url);
    const witness = new LocalWitness({ node, signer, record, policy, now: () => clock });
    server = witnessService({ witness, rate: 1, proxies: ["127.0.0.1"], now: () => now });
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
    expect((await get("/health")).status, "a budget of its own").to.equal(200);
    now = 1;
    expect((await get("/metrics")).status).to.equal(200);
  });

  it("limits behind a proxy whom the proxy names", async () => {
    const as = async (client: string) => (await get("/metrics", { headers: { "x-forwarded-for": client } })).status;
    for (let at = 0; at < 10; at++) await as("198.51.100.1");
    expect(await as("203.0.113.9, 198.51.100.1"), "the client's own words").to.equal(429);
    expect(await as("198.51.100.2")).to.equal(200);
  });

  it("D2 D14 says that its node lags, instead of signing an old block over a fresh challenge", async () => {
    await get("/v1/statement");
    clock = chain.timestamp(64n) + 3_601n;
    const { status, body } = await get(`/v1/statement?nonce=${"9".repeat(64)}`);
    expect(status).to.equal(503);
    expect(JSON.parse(body)).to.include({ code: "WITNESS_LAGS" });
    expect(JSON.parse((await get("/health")).body)).to.include({ code: "WITNESS_LAGS" });
    const metrics = (await get("/metrics")).body;
    expect(metrics).to.include("touchmark_witness_lags_total 2\n");
    expect(metrics).to.include(`touchmark_witness_newest_block_timestamp_seconds ${chain.timestamp(64n)}\n`);
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

describe("touchmark witness serve, its key in a PKCS#11 token", function () {
  this.timeout(60_000);
  let token: SoftHsm;
  const children: ChildProcess[] = [];

  before(async function () {
    if (!(await SoftHsm.available())) return this.skip();
    token = new SoftHsm();
    await token.generate("witness");
  });
  after(() => {
    for (const child of children) child.kill("SIGKILL");
    token?.[Symbol.dispose]();
  });

  it("D2 vouches for the block that it chose, over a challenge too, and for one hash a number when it is started again", async () => {
    const chain = new FakeChain(CHAIN);
    chain.finalized = 70n;
    await using bridge = await chain.serve();
    const record = token.folder.join("witness.db");
    const main = join(import.meta.dirname, "../../host/src/cli/main.ts");
    const env = { ...process.env, TOUCHMARK_PASSPHRASE: PIN };
    spawnSync(process.execPath, [main, "witness", "init", record, "--key", token.uri("witness")], { env });
    const served = async (): Promise<{ source: HttpWitness; address: string; stop: () => Promise<unknown> }> => {
      const options = { rpc: bridge.url, "chain-id": CHAIN, epoch: 1, key: token.uri("witness"), record, port: 0 };
      // Blocks of this chain are of 1970.
      const words = Object.entries({ ...options, "max-age": 0 }).flatMap(([name, value]) => [`--${name}`, `${value}`]);
      const child = spawn(process.execPath, [main, "witness", "serve", ...words], {
        env,
        stdio: ["ignore", "pipe", "ignore"],
      });
      children.push(child);
      const exited = once(child, "exit");
      const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), exited])) as [string];
      const [, address = "", url = ""] = /^witness (0x\w{40}) of chain 137 on (http:\S+)$/.exec(line) ?? [];
      return { source: new HttpWitness(url), address, stop: () => (child.kill("SIGTERM"), exited) };
    };

    const first = await served();
    const plain = await first.source.statement(NO_CHALLENGE);
    const nonce = new Uint8Array(32).fill(9);
    const challenged = await first.source.statement(nonce);
    expect(await first.stop()).to.deep.equal([130, null]);
    for (const statement of [plain, challenged]) {
      checkWitnessStatement(statement);
      expect(statement.number).to.equal(64n);
      expect(addressOf(statement.publicKey)).to.equal(first.address);
    }
    expect(challenged.nonce).to.deep.equal(nonce);

    chain.forkedFrom = 1n;
    const second = await served();
    const error = await refusal(second.source.statement(NO_CHALLENGE));
    await second.stop();
    expect(error.data["answer"]).to.include({ code: "WITNESS_EQUIVOCATION" });
  });
});
