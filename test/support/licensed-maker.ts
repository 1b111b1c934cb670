// SPDX-License-Identifier: Apache-2.0
// A maker with a license on an in-process chain, its OTA signer and root on the board, a federation of local witnesses,
// and a unit's state: what releases are proved from and judged by.
import { JsonRpcProvider } from "ethers";
import { issueOta, issueRoot } from "../../host/src/authority/authority.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { sha256 } from "../../host/src/protocol/secp256k1.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../host/src/protocol/suit-manifest.ts";
import type { TrustBlock } from "../../host/src/protocol/trust-block.ts";
import { contractAt } from "../../host/src/registry/deploy.ts";
import { announceCall, type BoardRelease, sendToBoard } from "../../host/src/release/announce.ts";
import { buildRelease, type ReleaseDescription } from "../../host/src/release/build.ts";
import { type OtaIdentity, signRelease } from "../../host/src/release/sign.ts";
import type { InstallState } from "../../host/src/verify/bundle.ts";
import { EthereumNode } from "../../host/src/witness/ethereum-node.ts";
import { WitnessRecord } from "../../host/src/witness/record.ts";
import { LocalWitness } from "../../host/src/witness/witness.ts";
import { ethers } from "../contracts/support/chain.ts";
import { DOCUMENT, grantLicense, handNode } from "../contracts/support/steps.ts";
import { World } from "../contracts/support/world.ts";
import { fakeSigner } from "./fake-keys.ts";
import { type RpcBridge, rpcBridge } from "./rpc-bridge.ts";

const WITNESSES = ["witness-1", "witness-2", "witness-3"] as const;
const DAYS = 365;

export interface LicensedMaker extends AsyncDisposable {
  readonly world: World;
  readonly id: bigint;
  readonly bridge: RpcBridge;
  readonly node: EthereumNode;
  readonly witnesses: readonly LocalWitness[];
  readonly state: InstallState & { readonly digest: Uint8Array };
  /** DER. */
  readonly root: Uint8Array;
  sign(change?: Partial<ReleaseDescription>): Promise<SignedRelease>;
  announce(release: SignedRelease, securityVersion?: number): Promise<void>;
  board(release: SignedRelease): BoardRelease;
}

/** @param identify gives the OTA signer and the root that the board is told of */
export async function licensedMaker(identify = otaIdentity): Promise<LicensedMaker> {
  const world = await World.deploy();
  await world.send("licensor", "programme.publishMou", DOCUMENT);
  const id = await handNode(world, "Acme Motors", "maker");
  await grantLicense(world, id, "maker");
  const { chainId } = await ethers.provider.getNetwork();
  const identity = await identify(chainId, id, world.deployment.registry.toLowerCase());
  await world.send("maker", "board.proposeOtaSigner", id, identity.signer.address);
  await world.send("maker", "board.proposeRoot", id, sha256(identity.root));
  await world.send("stranger", "board.refresh", id);

  const bridge = await rpcBridge((method, params) => ethers.provider.send(method, params));
  const node = new EthereumNode(bridge.url);
  const trust = await trustBlock(world, chainId, id, identity.root);
  const records = WITNESSES.map(() => new WitnessRecord(":memory:"));
  const policy = { chainId, epoch: trust.epoch, granularity: 1n, minAge: 0n, maxAge: 0n };
  const witnesses = WITNESSES.map((name, at) => {
    const record = records[at];
    if (record === undefined) throw new RangeError("a record for each witness");
    return new LocalWitness({ node, signer: fakeSigner(name), record, policy, now: farFuture });
  });
  const provider = new JsonRpcProvider(bridge.url, chainId, { staticNetwork: true });
  const contract = contractAt("OtaBoard", world.deployment.board, await provider.getSigner(world.address("maker")));
  const board = ({ manifest }: SignedRelease): BoardRelease => ({
    board: contract,
    manufacturerId: id,
    digest: manifestDigest(manifest),
  });
  return {
    world,
    id,
    bridge,
    node,
    witnesses,
    state: { trust, rollback: 1, sequence: 1, digest: new Uint8Array(32) },
    root: identity.root,
    sign: (change = {}) => {
      const image = Uint8Array.from({ length: 500 }, (_, at) => at & 0xff);
      const built = buildRelease(image, { ...description(trust), ...change });
      return signRelease(image, built.manifest, identity);
    },
    announce: async (release, securityVersion = 1) => {
      await sendToBoard(announceCall(board(release), securityVersion));
    },
    board,
    async [Symbol.asyncDispose]() {
      for (const record of records) record[Symbol.dispose]();
      provider.destroy();
      await bridge[Symbol.asyncDispose]();
    },
  };
}

// The chain's clock is moved ahead of the system's by tests that let notices pass.
const farFuture = (): bigint => 1n << 40n;

async function otaIdentity(chainId: bigint, manufacturerId: bigint, registry: string): Promise<OtaIdentity> {
  const now = (await ethers.provider.getBlock("latest"))?.timestamp ?? 0;
  const names = { organization: "FAKE Maker", commonName: "FAKE root" };
  const rootSigner = fakeSigner("root");
  const root = await issueRoot({ ...names, chainId, manufacturerId, registry, now, days: 20 * DAYS }, rootSigner);
  const signer = fakeSigner("ota");
  const request = { commonName: "FAKE OTA signer", publicKey: signer.publicKey, now, days: DAYS };
  const ota = await issueOta(request, { certificate: root, signer: rootSigner });
  return { signer, certificate: ota.der, root: root.der };
}

async function trustBlock(
  world: World,
  chainId: bigint,
  manufacturerId: bigint,
  root: Uint8Array,
): Promise<TrustBlock> {
  const board = world.deployment.board;
  return {
    chainId,
    manufacturerId,
    board: fromHex(board),
    boardCodeHash: fromHex(ethers.keccak256(await ethers.provider.getCode(board))),
    vendorId: sha256(Buffer.from("FAKE vendor")).slice(0, 16),
    classId: sha256(Buffer.from("FAKE class")).slice(0, 16),
    rootHash: sha256(root),
    epoch: 1,
    floorNumber: 0n,
    floorTimestamp: 0n,
    witnessThreshold: 2,
    witnesses: WITNESSES.map((name) => fakeSigner(name).publicKey),
    recoveryThreshold: 0,
    recoveryKeys: [],
  };
}

function description(trust: TrustBlock): ReleaseDescription {
  const { chainId, board, boardCodeHash, manufacturerId, vendorId, classId } = trust;
  const license = { chainId, board, boardCodeHash, manufacturerId, securityVersion: 1, minBlock: 0n, version: "1.0.0" };
  return { ...license, vendorId, classId, sequence: 2 };
}
