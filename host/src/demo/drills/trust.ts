// SPDX-License-Identifier: Apache-2.0
// OTA key, witnesses and root replaced; a block number made up.
import { issueRoot } from "../../authority/authority.ts";
import type { Signer } from "../../keys/signer.ts";
import { equalBytes } from "../../protocol/bytes.ts";
import { limits } from "../../protocol/generated.ts";
import { sha256 } from "../../protocol/secp256k1.ts";
import type { TrustStatement } from "../../protocol/trust-statement.ts";
import { proveRotate } from "../../release/steps.ts";
import { finishRotation, planRotation, signRotation, type TrustChanges } from "../../trust/rotation.ts";
import { WitnessRecord } from "../../witness/record.ts";
import { LocalWitness } from "../../witness/witness.ts";
import type { ProofSources } from "../../witness/witnessed-header.ts";
import { newSigner } from "../authority.ts";
import { MANUFACTURER } from "../world.ts";
import type { Drill } from "./drill.ts";
import { poisonedChain } from "./poisoned.ts";
import type { Scene } from "./scene.ts";

export const signerRotated: Drill = {
  name: "signer-rotated",
  title: "the OTA key is replaced",
  async run(scene) {
    const { chain, license } = scene.world;
    const { manufacturerId } = license;
    const identity = { chainId: chain.chainId, manufacturerId, registry: license.deployment.registry };
    const now = (await chain.provider.getBlock("latest"))?.timestamp ?? 0;
    const named = { organization: MANUFACTURER, commonName: `${MANUFACTURER} root 2` };
    scene.nextRootDer = Uint8Array.from(
      (await issueRoot({ ...named, ...identity, now, days: 7_300 }, scene.nextRoot)).der,
    );
    await scene.onBoard("proposeRoot", sha256(scene.nextRootDer));
    await scene.onBoard("proposeOtaSigner", newSigner().address);
    await scene.waitNotice();
    for (const method of ["activateOtaSigner", "activateRoot", "refresh"]) await scene.onBoard(method);
    const upload = scene.unit.upload(await scene.bundle(scene.announced));
    await scene.refuses("a release of the former OTA key", "LICENSE_SIGNER", upload);
  },
};

export const quorumLost: Drill = {
  name: "quorum-lost",
  title: "the quorum is lost: root and recovery keys name another",
  async run(scene) {
    const { unit, others, recovery } = scene;
    const stale = await scene.notice();
    const witnesses = others.map(({ publicKey }) => publicKey);
    const rootSigner = scene.world.authority.root.signer;
    const statements = await statementsOf(scene, { witnesses }, [rootSigner, ...recovery.slice(0, 2)]);
    scene.sources = federation(scene, 2);
    scene.holds("the unit takes the new federation", (await rotate(scene, statements)) === 2);
    await scene.refuses("the former witnesses", "WITNESS_SIGNATURE", unit.notice(stale));
  },
};

export const poisonedBlock: Drill = {
  name: "poisoned-block",
  title: "the quorum makes a block number up",
  async run(scene) {
    const { unit, others, announced } = scene;
    const { trust } = await unit.state();
    const block = { number: trust.floorNumber + (1n << 40n), chainId: trust.chainId, epoch: trust.epoch };
    await unit.rotate(await poisonedChain(block, others.slice(0, 2)));
    const moved = (await unit.state()).trust.floorNumber - trust.floorNumber;
    scene.holds("the floor moves by 2^24 at most", moved === BigInt(limits.floorStep));
    await scene.refuses("an honest proof below it", "BLOCK_BELOW_FLOOR", unit.upload(await scene.bundle(announced)));
    await scene.world.chain.provider.send("hardhat_mine", [`0x${limits.floorStep.toString(16)}`, "0x1"]);
    await scene.onBoard("refresh");
    await unit.notice(await scene.notice());
    scene.holds("the chain's own blocks come into reach again", true);
  },
};

export const rootLost: Drill = {
  name: "root-lost",
  title: "the root is lost: quorum and recovery keys name the one on chain",
  async run(scene) {
    const { unit, others, recovery, nextRoot, nextRootDer } = scene;
    const signers = [...others.slice(0, 2), ...recovery.slice(1), nextRoot];
    const statements = await statementsOf(scene, { root: nextRootDer }, signers);
    scene.sources = federation(scene, 3);
    scene.holds("the unit takes the new root", (await rotate(scene, statements)) === 3);
    scene.holds("and is pinned to it", equalBytes((await unit.pinnedRoot()) ?? new Uint8Array(), nextRootDer));
  },
};

type Statements = readonly TrustStatement[];

async function statementsOf(scene: Scene, changes: TrustChanges, signers: readonly Signer[]): Promise<Statements> {
  const { trust } = await scene.unit.state();
  let rotation = planRotation({ trust, root: scene.root }, changes);
  for (const signer of signers) rotation = await signRotation(rotation, signer);
  return finishRotation(rotation);
}

/** @returns the unit's epoch afterwards */
async function rotate({ unit, root, sources }: Scene, statements: Statements): Promise<number> {
  const { chain } = await proveRotate({ state: await unit.state(), root, statements }, sources);
  return (await unit.rotate(chain)).epoch;
}

/** The second federation, over the chain's one node. */
function federation({ world, others }: Scene, epoch: number): ProofSources {
  const { nodes } = world.federation.sources;
  const policy = { chainId: world.chain.chainId, epoch, granularity: 1n, minAge: 0n, maxAge: 0n };
  const witnesses = others.flatMap((signer) =>
    nodes.map(
      (node) => new LocalWitness({ node, signer, record: new WitnessRecord(":memory:"), policy, now: anyTime }),
    ),
  );
  return { nodes, witnesses };
}

// A chain that mines a block a transaction runs ahead of the system's clock.
const anyTime = (): bigint => 1n << 40n;
