// SPDX-License-Identifier: Apache-2.0
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import { encodeRpcHeader } from "../../host/src/protocol/block-header.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { sendToBoard, withdrawCall } from "../../host/src/release/announce.ts";
import { proveBundle } from "../../host/src/release/bundle.ts";
import { proveNotice } from "../../host/src/release/steps.ts";
import { verifyBundle } from "../../host/src/verify/bundle.ts";
import { verifyNotice } from "../../host/src/verify/chain.ts";
import { EthereumNode } from "../../host/src/witness/ethereum-node.ts";
import { ethers } from "../contracts/support/chain.ts";
import { EVIDENCE } from "../contracts/support/steps.ts";
import { type LicensedMaker, licensedMaker } from "../support/licensed-maker.ts";
import { refusal } from "../support/refusal.ts";
import { rpcBridge } from "../support/rpc-bridge.ts";

interface Proof {
  readonly accountProof: readonly string[];
  readonly storageProof: readonly unknown[];
  readonly stateRoot?: string;
}

describe("a release proved on a live chain", function () {
  this.timeout(60_000);
  let maker: LicensedMaker;
  let proved: SignedRelease;
  const sources = (): { nodes: EthereumNode[]; witnesses: LicensedMaker["witnesses"] } => ({
    nodes: [maker.node],
    witnesses: maker.witnesses,
  });

  before(async () => {
    maker = await licensedMaker();
    proved = await maker.sign();
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

  it("D14 a notice tells a license that is absent as well, and moves the floor by it", async () => {
    const nobody = { ...maker.state, trust: { ...maker.state.trust, manufacturerId: 999n } };
    const { chain, verdict } = await proveNotice({ state: nobody, root: maker.root }, sources());
    const told = verifyNotice(nobody, chain, { root: maker.root });
    expect([verdict.verdict, told.verdict]).to.deep.equal(["LICENSE_ABSENT", "LICENSE_ABSENT"]);
    expect(told.anchor.trust.floorNumber).to.equal(BigInt(await ethers.provider.getBlockNumber()));

    const ahead = { ...nobody, trust: { ...nobody.trust, floorNumber: told.anchor.trust.floorNumber + 1n } };
    const error = await refusal(proveNotice({ state: ahead, root: maker.root }, sources()));
    expect([error.code, error.data["verdict"]]).to.deep.equal(["BUNDLE_REFUSED", "BLOCK_BELOW_FLOOR"]);
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
    expect([error.code, error.data["node"]]).to.deep.equal(["HEADER_MALFORMED", nodes[1]?.name]);
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

  const lies: readonly [title: string, method: string, lie: (answer: Proof) => unknown, code: string][] = [
    ["an account's proof cut off", "eth_getProof", withoutLastNode, "PROOF_INCOMPLETE"],
    ["storage proofs in another order", "eth_getProof", reversed, "PROOF_"],
    ["a storage proof less", "eth_getProof", (answer) => withStorage(answer, -1), "CHAIN_UNREACHABLE"],
    ["a storage proof more", "eth_getProof", (answer) => withStorage(answer, 3), "CHAIN_UNREACHABLE"],
    ["null for proofs", "eth_getProof", () => null, "CHAIN_UNREACHABLE"],
    ["proofs without members", "eth_getProof", () => ({}), "CHAIN_UNREACHABLE"],
    ["a node of a trie that is no hex", "eth_getProof", withNode("0xzz"), "CHAIN_UNREACHABLE"],
    ["a node of a trie that is a number", "eth_getProof", withNode(5), "CHAIN_UNREACHABLE"],
    ["an empty node of a trie", "eth_getProof", withNode("0x"), "PROOF_NODE_HASH"],
    [
      "a header without a state root",
      "eth_getBlockByNumber",
      ({ stateRoot: _none, ...rest }) => rest,
      "HEADER_MALFORMED",
    ],
    [
      "a header with half a byte",
      "eth_getBlockByNumber",
      (answer) => ({ ...answer, miner: "0x1" }),
      "HEADER_MALFORMED",
    ],
    [
      "a header without a number",
      "eth_getBlockByNumber",
      (answer) => ({ ...answer, number: "0x" }),
      "HEADER_MALFORMED",
    ],
    [
      "a header of another shape",
      "eth_getBlockByNumber",
      (answer) => ({ ...answer, stateRoot: "0x00" }),
      "HEADER_MALFORMED",
    ],
    ["a text for a header", "eth_getBlockByNumber", () => "header", "HEADER_MALFORMED"],
    ["a text for a chain id", "eth_chainId", () => "garbage", "CHAIN_UNREACHABLE"],
    ["null for a chain id", "eth_chainId", () => null, "CHAIN_UNREACHABLE"],
  ];
  for (const [title, method, lie, code] of lies)
    it(`C5 a node that gives ${title} is named, and nothing is written`, async () => {
      await using liar = await rpcBridge(
        (name, params) => ethers.provider.send(name, params),
        (name, answer) => (name === method ? lie(answer as Proof) : answer),
      );
      const node = new EthereumNode(liar.url);
      const request = { release: proved, state: maker.state, root: maker.root, evenIfRefused: true };
      const error = await refusal(proveBundle(request, { nodes: [node], witnesses: maker.witnesses }));
      expect(error.code).to.match(new RegExp(`^${code}`));
      expect(error.data["node"]).to.equal(node.name);
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

function withoutLastNode(proof: Proof): object {
  return { ...proof, accountProof: proof.accountProof.slice(0, -1) };
}

function reversed(proof: Proof): object {
  return { ...proof, storageProof: proof.storageProof.toReversed() };
}

/** Fewer of them, or the first once more. */
function withStorage({ storageProof, ...rest }: Proof, count: number): object {
  return { ...rest, storageProof: [...storageProof, ...storageProof].slice(0, count) };
}

function withNode(node: unknown): (proof: Proof) => object {
  return (proof) => ({ ...proof, accountProof: [node, ...proof.accountProof.slice(1)] });
}
