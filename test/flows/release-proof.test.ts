// SPDX-License-Identifier: Apache-2.0
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import { encodeRpcHeader } from "../../host/src/protocol/block-header.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { sendToBoard, withdrawCall } from "../../host/src/release/announce.ts";
import { proveBundle } from "../../host/src/release/bundle.ts";
import { proveNotice } from "../../host/src/release/steps.ts";
import { verifyBundle } from "../../host/src/verify/bundle.ts";
import { EthereumNode } from "../../host/src/witness/ethereum-node.ts";
import { ethers } from "../contracts/support/chain.ts";
import { EVIDENCE } from "../contracts/support/steps.ts";
import { type LicensedMaker, licensedMaker } from "../support/licensed-maker.ts";
import { refusal } from "../support/refusal.ts";
import { rpcBridge } from "../support/rpc-bridge.ts";

describe("a release proved on a live chain", function () {
  this.timeout(60_000);
  let maker: LicensedMaker;
  const sources = (): { nodes: EthereumNode[]; witnesses: LicensedMaker["witnesses"] } => ({
    nodes: [maker.node],
    witnesses: maker.witnesses,
  });

  before(async () => {
    maker = await licensedMaker();
  });
  after(async () => {
    await maker[Symbol.asyncDispose]();
  });

  it("installs once it is announced under a license in force", async () => {
    const release = await maker.sign();
    await maker.announce(release);
    const { verdict } = await proveBundle({ release, state: maker.state, root: maker.root }, sources());
    expect(verdict.verdict).to.equal("OK");
    expect(verdict.anchor.trust.floorNumber).to.equal(BigInt(await ethers.provider.getBlockNumber()));
  });

  it("is not written where the unit would refuse it, unless for a drill", async () => {
    const release = await maker.sign({ version: "1.0.1" });
    const request = { release, state: maker.state, root: maker.root };
    const error = await refusal(proveBundle(request, sources()));
    expect(error.code).to.equal("BUNDLE_REFUSED");
    expect(error.data["verdict"]).to.equal("RELEASE_NOT_ANNOUNCED");
    const drill = await proveBundle({ ...request, evenIfRefused: true }, sources());
    expect(drill.verdict.verdict).to.equal("RELEASE_NOT_ANNOUNCED");
  });

  it("D14 is refused after the license is suspended, and the old proof once the unit has seen a newer block", async () => {
    const release = await maker.sign({ version: "1.1.0", sequence: 3 });
    await maker.announce(release);
    const request = { release, state: maker.state, root: maker.root };
    const { bundle: old } = await proveBundle(request, sources());

    await maker.world.send("licensor", "programme.suspend", maker.id, 0, EVIDENCE);
    await maker.world.send("stranger", "board.refresh", maker.id);
    const fresh = await proveBundle({ ...request, evenIfRefused: true }, sources());
    expect(fresh.verdict.verdict).to.equal("LICENSE_SUSPENDED");

    const notice = await proveNotice({ state: maker.state, root: maker.root }, sources());
    const { trust } = notice.verdict.anchor;
    expect(verifyBundle({ ...maker.state, trust }, old, { root: maker.root }).verdict).to.equal("BLOCK_BELOW_FLOOR");

    await maker.world.send("licensor", "programme.reinstate", maker.id);
    await maker.world.send("stranger", "board.refresh", maker.id);
    expect((await proveBundle(request, sources())).verdict.verdict).to.equal("OK");
  });

  it("is refused once it is withdrawn", async () => {
    const release = await maker.sign({ version: "1.2.0", sequence: 4 });
    await maker.announce(release);
    await sendToBoard(withdrawCall(maker.board(release)));
    const request = { release, state: maker.state, root: maker.root, evenIfRefused: true };
    expect((await proveBundle(request, sources())).verdict.verdict).to.equal("RELEASE_WITHDRAWN");
  });

  it("names the board's refusal to announce twice", async () => {
    const release = await maker.sign({ version: "1.3.0", sequence: 5 });
    await maker.announce(release);
    const error = await refusal(maker.announce(release));
    expect(error.code).to.equal("TRANSACTION_REVERTED");
    expect(error.data["error"]).to.equal("AlreadyAnnounced");
  });

  it("C5 a node that serves another block than the witnesses' is named", async () => {
    const release = await maker.sign();
    await using liar = await rpcBridge(
      (method, params) => ethers.provider.send(method, params),
      (method, answer) => (method === "eth_getBlockByNumber" ? { ...(answer as object), gasUsed: "0x1" } : answer),
    );
    const nodes = [maker.node, new EthereumNode(liar.url)];
    const request = { release, state: maker.state, root: maker.root };
    const error = await refusal(proveBundle(request, { nodes, witnesses: maker.witnesses }));
    expect(error.code).to.equal("HEADER_MALFORMED");
  });

  it("C5 two nodes that differ prove nothing, and both answers are told", async () => {
    await using fork = await rpcBridge(
      (method, params) => ethers.provider.send(method, params),
      (method, answer) => (method === "eth_getBlockByNumber" ? onFork(answer as object) : answer),
    );
    const other = new EthereumNode(fork.url);
    const request = { release: await maker.sign(), state: maker.state, root: maker.root };
    const { witnesses } = maker;
    const error = await refusal(proveBundle(request, { nodes: [maker.node, other], witnesses }));
    expect(error.code).to.equal("CHAIN_DISAGREES");
    expect(JSON.stringify(error.data)).to.include(maker.node.name).and.to.include(other.name);
    expect((await refusal(proveBundle(request, { nodes: [other], witnesses }))).code).to.equal("CHAIN_DISAGREES");
  });

  it("C5 a node whose proofs do not hold is named before anything is written", async () => {
    const release = await maker.sign();
    await using liar = await rpcBridge(
      (method, params) => ethers.provider.send(method, params),
      (method, answer) => (method === "eth_getProof" ? withoutLastNode(answer as { accountProof: string[] }) : answer),
    );
    const request = { release, state: maker.state, root: maker.root };
    const nodes = [new EthereumNode(liar.url)];
    expect((await refusal(proveBundle(request, { nodes, witnesses: maker.witnesses }))).code).to.equal(
      "PROOF_INCOMPLETE",
    );
  });

  it("D24 needs k witnesses: one alone proves nothing", async () => {
    const release = await maker.sign();
    const request = { release, state: maker.state, root: maker.root };
    const one = { nodes: [maker.node], witnesses: maker.witnesses.slice(0, 1) };
    expect((await refusal(proveBundle(request, one))).code).to.equal("WITNESSES_DISAGREE");
  });
});

/** Another block under its number, with a hash that fits. */
function onFork(block: object): object {
  const other = { ...block, gasUsed: "0x1" };
  return { ...other, hash: `0x${toHex(keccak_256(encodeRpcHeader(other)))}` };
}

function withoutLastNode(proof: { accountProof: string[] }): object {
  return { ...proof, accountProof: proof.accountProof.slice(0, -1) };
}
