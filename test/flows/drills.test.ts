// SPDX-License-Identifier: Apache-2.0
// What a maker has to live through, on one unit in QEMU and one chain: keys stolen and lost, a license withdrawn, a block
// number made up. Each drill goes on from the one before.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import { issueRoot } from "../../host/src/authority/authority.ts";
import { newSigner } from "../../host/src/demo/authority.ts";
import { buildApp } from "../../host/src/demo/firmware.ts";
import { contractOf, reinstateLicense, suspendLicense } from "../../host/src/demo/license.ts";
import { makeRelease } from "../../host/src/demo/releases.ts";
import { MANUFACTURER } from "../../host/src/demo/world.ts";
import { memorySigner } from "../../host/src/keys/memory-signer.ts";
import type { Signer } from "../../host/src/keys/signer.ts";
import { encodeChain, NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { blockWitnessDigest } from "../../host/src/protocol/eip712-witness.ts";
import { enums, limits, words } from "../../host/src/protocol/generated.ts";
import { encodeRlp, integerBytes, type RlpItem } from "../../host/src/protocol/rlp.ts";
import { sha256 } from "../../host/src/protocol/secp256k1.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import type { TrustStatement } from "../../host/src/protocol/trust-statement.ts";
import { read, transact } from "../../host/src/registry/transaction.ts";
import { proveBundle } from "../../host/src/release/bundle.ts";
import type { ProofSources } from "../../host/src/release/prove.ts";
import { proveNotice, proveRotate } from "../../host/src/release/steps.ts";
import { provision } from "../../host/src/station/provision.ts";
import { finishRotation, planRotation, signRotation, type TrustChanges } from "../../host/src/trust/rotation.ts";
import { WitnessRecord } from "../../host/src/witness/record.ts";
import { LocalWitness } from "../../host/src/witness/witness.ts";
import { fakeKey } from "../../protocol/vectors/lab/keys.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";
import { Workshop } from "../support/workshop.ts";

const EVIDENCE = `0x${"e1".repeat(32)}`;
const fakeSigner = (name: string): Signer => memorySigner(sha256(Buffer.from(`touchmark FAKE ${name}`)));
const recovery = [1, 2, 3].map((each) => fakeSigner(`recovery-${each}`));
const others = [4, 5, 6].map((each) => fakeSigner(`witness-${each}`));

describe("drills on a unit in QEMU", function () {
  this.timeout(180_000);
  let workshop: Workshop;
  let unit: PoweredUnit;
  let root: Uint8Array;
  let sources: ProofSources;
  let announced: SignedRelease;
  const nextRoot = newSigner();
  let nextRootDer: Uint8Array;

  const board = (role: "maker" | "announcer" = "maker") =>
    contractOf(workshop.world.chain, workshop.world.license.deployment, "board", role);
  const id = (): bigint => workshop.world.license.manufacturerId;
  const onBoard = (method: string, ...args: unknown[]) =>
    transact({ contract: board(), method, args: [id(), ...args] });

  /** For the unit as it is now, whatever it will say. */
  async function bundle(release: SignedRelease, nonce?: Uint8Array): Promise<Uint8Array> {
    const challenge = nonce === undefined ? {} : { challenge: nonce };
    const request = { release, state: await unit.client.state(), root, evenIfRefused: true, ...challenge };
    return (await proveBundle(request, sources)).bundle;
  }
  async function notice(): Promise<Uint8Array> {
    return (await proveNotice({ state: await unit.client.state(), root }, sources)).chain;
  }
  const refused = async (attempt: Promise<unknown>): Promise<string> => (await refusal(attempt)).code;

  async function statementOf(changes: TrustChanges, signers: readonly Signer[]): Promise<TrustStatement> {
    const { trust } = await unit.client.state();
    let rotation = planRotation({ trust, root }, changes);
    for (const signer of signers) rotation = await signRotation(rotation, signer);
    return finishRotation(rotation);
  }

  function federation(signers: readonly Signer[], epoch: number): ProofSources {
    const [node] = workshop.world.federation.sources.nodes;
    if (node === undefined) throw new RangeError("a node");
    const policy = { chainId: workshop.world.chain.chainId, epoch, granularity: 1n, minAge: 0n };
    const witness = (signer: Signer) =>
      new LocalWitness({ node, signer, record: new WitnessRecord(":memory:"), policy });
    return { nodes: [node], witnesses: signers.map(witness) };
  }

  before(async () => {
    const recoveryKeys = recovery.map(({ publicKey }) => publicKey);
    workshop = await Workshop.open("virt", { recoveryThreshold: 2, recoveryKeys });
    sources = workshop.world.federation.sources;
    root = workshop.world.authority.root.certificate.der;
    unit = await PoweredUnit.on(workshop.newChip());
    await provision(workshop.station, unit.client, { serial: "FAKE-1" });
    announced = await workshop.release("1.1.0", 2);
  });
  after(async () => {
    await unit[Symbol.asyncDispose]();
    await workshop[Symbol.asyncDispose]();
  });

  it("D14 OTA key stolen, license suspended: with every old proof, what was not announced before is refused", async () => {
    const image = await buildApp(workshop.world.root, "1.1.0");
    const stolen = await makeRelease(workshop.releases, image, { sequence: 3, version: "1.1.0" });
    const old = await bundle(stolen);
    await suspendLicense(workshop.world.chain, workshop.world.license);
    expect(await refused(unit.client.upload(old))).to.equal("RELEASE_NOT_ANNOUNCED");
    const digest = `0x${"77".repeat(32)}`;
    const late = transact({ contract: board("announcer"), method: "announce", args: [id(), digest, 1] });
    expect(await refused(late)).to.equal("TRANSACTION_REVERTED");
  });

  it("D14 and what was announced before, once the unit has seen any later statement", async () => {
    await reinstateLicense(workshop.world.chain, workshop.world.license);
    const old = await bundle(announced);
    await suspendLicense(workshop.world.chain, workshop.world.license);
    expect((await unit.client.notice(await notice())).status).to.equal(words.licenseStatus.suspended);
    expect(await refused(unit.client.upload(old))).to.equal("BLOCK_BELOW_FLOOR");
    expect(await refused(unit.client.upload(await bundle(announced)))).to.equal("LICENSE_SUSPENDED");
    await reinstateLicense(workshop.world.chain, workshop.world.license);
  });

  it("D14 and at once in challenge mode: what was proved before the question answers nothing", async () => {
    const old = await bundle(announced);
    const former = await unit.client.challenge();
    const stale = await bundle(announced, former);
    await suspendLicense(workshop.world.chain, workshop.world.license);
    const nonce = await unit.client.challenge();
    expect(await refused(unit.client.upload(old))).to.equal("CHALLENGE_REQUIRED");
    expect(await refused(unit.client.upload(stale))).to.equal("CHALLENGE_EXPIRED");
    expect(await refused(unit.client.upload(await bundle(announced, nonce)))).to.equal("LICENSE_SUSPENDED");
    expect(await refused(unit.client.upload(old))).to.equal("BLOCK_BELOW_FLOOR");
    await reinstateLicense(workshop.world.chain, workshop.world.license);
  });

  it("D31 signer-rotated: the former OTA key's releases are refused", async () => {
    const { chain, license } = workshop.world;
    const identity = { chainId: chain.chainId, manufacturerId: id(), registry: license.deployment.registry };
    const now = (await chain.provider.getBlock("latest"))?.timestamp ?? 0;
    const named = { organization: MANUFACTURER, commonName: `${MANUFACTURER} root 2` };
    nextRootDer = (await issueRoot({ ...named, ...identity, now, days: 7_300 }, nextRoot)).der;
    await onBoard("proposeRoot", sha256(nextRootDer));
    await onBoard("proposeOtaSigner", newSigner().address);
    await chain.provider.send("evm_increaseTime", [Number(await read<bigint>(board(), "noticeSeconds"))]);
    await chain.provider.send("evm_mine", []);
    await onBoard("activateOtaSigner");
    await onBoard("activateRoot");
    await onBoard("refresh");
    expect(await refused(unit.client.upload(await bundle(announced)))).to.equal("LICENSE_SIGNER");
  });

  it("D31 the quorum is lost: root and recovery keys name another, and the old one is heard no more", async () => {
    const stale = await notice();
    const { signer } = workshop.world.authority.root;
    const witnesses = others.map(({ publicKey }) => publicKey);
    const statement = await statementOf({ witnesses }, [signer, ...recovery.slice(0, 2)]);
    sources = federation(others, 2);
    const request = { state: await unit.client.state(), root, statements: [statement] };
    const { chain } = await proveRotate(request, sources);
    expect((await unit.client.rotate(chain)).epoch).to.equal(2);
    expect(await refused(unit.client.notice(stale))).to.equal("WITNESS_SIGNATURE");
  });

  it("D3 a poisoned block number moves the floor by 2^24 at most, and honest blocks come into reach again", async () => {
    const { trust } = await unit.client.state();
    await unit.client.rotate(poisoned(trust.floorNumber + (1n << 40n), trust.chainId, trust.epoch));
    const { trust: moved } = await unit.client.state();
    expect(moved.floorNumber - trust.floorNumber).to.equal(BigInt(limits.floorStep));
    expect(await refused(unit.client.upload(await bundle(announced)))).to.equal("BLOCK_BELOW_FLOOR");
    await workshop.world.chain.provider.send("hardhat_mine", [`0x${limits.floorStep.toString(16)}`, "0x1"]);
    await onBoard("refresh");
    await unit.client.notice(await notice());
  });

  it("D14 license-revoked", async () => {
    const { chain, license } = workshop.world;
    const contract = contractOf(chain, license.deployment, "programme", "licensor");
    await transact({ contract, method: "revoke", args: [id(), enums.reason.qualityAndSecurity, EVIDENCE] });
    await onBoard("refresh");
    expect(await refused(unit.client.upload(await bundle(announced)))).to.equal("LICENSE_REVOKED");
    expect((await unit.client.notice(await notice())).status).to.equal(words.licenseStatus.revoked);
  });

  it("D31 the root is lost: a quorum and recovery keys name the one that stands on chain", async () => {
    const signers = [...others.slice(0, 2), ...recovery.slice(1), nextRoot];
    const statement = await statementOf({ root: nextRootDer }, signers);
    sources = federation(others, 3);
    const { chain } = await proveRotate({ state: await unit.client.state(), root, statements: [statement] }, sources);
    expect((await unit.client.rotate(chain)).epoch).to.equal(3);
    expect(await unit.client.pinnedRoot()).to.deep.equal(nextRootDer);
  });
});

/** A block that k witnesses made up: no state behind it, so no words are offered. */
function poisoned(number: bigint, chainId: bigint, epoch: number): Uint8Array {
  const timestamp = 1n;
  const fields: RlpItem[] = Array.from({ length: 16 }, () => new Uint8Array(32).fill(1));
  fields[8] = integerBytes(number);
  fields[11] = integerBytes(timestamp);
  const header = encodeRlp(fields);
  const nonce = NO_CHALLENGE;
  const digest = blockWitnessDigest(chainId, { number, blockHash: keccak_256(header), timestamp, epoch, nonce });
  const witnesses = [4, 5].map((each, index) => ({ index, signature: fakeKey(`witness-${each}`).sign(digest) }));
  return encodeChain({ trust: [], header, nonce, witnesses, account: [], license: [], release: [], root: [] });
}
