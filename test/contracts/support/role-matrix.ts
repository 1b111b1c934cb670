// SPDX-License-Identifier: Apache-2.0
// Every function that changes state, tried by every account.
import { FunctionFragment } from "ethers";
import { encodeDeviceLeaf } from "../../../host/src/protocol/device-leaf.ts";
import { DAY, ethers, pass, rolledBack } from "./chain.ts";
import { claimed, device, dimoClaim, dimoPair, mint, ownClaim, ownPairing, record, tokenOf } from "./devices.ts";
import {
  allowed,
  applyFor,
  auditRecord,
  certify,
  EVIDENCE,
  fund,
  grantLicense,
  handNode,
  licensedWorld,
  MODEL,
  modelCertificate,
  passAudits,
  QUOTA,
  signedMou,
  YEAR,
} from "./steps.ts";
import { type Account, accountNames, MIN_STAKE, type Part, type Path, type World } from "./world.ts";

export interface Scene {
  readonly world: World;
  /** The maker's node: licensed. */
  readonly id: bigint;
  /** The newcomer's node: the device owner's account holds it and has not applied. */
  readonly newcomerId: bigint;
  readonly expiry: number;
}

interface Trial {
  readonly args: (scene: Scene, by: Account) => unknown[] | Promise<unknown[]>;
  readonly prepare?: (scene: Scene) => Promise<unknown>;
}

export const VEHICLE = 77n;
const FREE_VEHICLE = 78n;
export const RELEASE = ethers.id("release");
const token = (n: number): bigint => tokenOf(device(n));
const AUDITOR = 0;

/** Errors that say: not you. */
export const NOT_YOU = new Set([
  "NotAdmin",
  "NotLicensor",
  "NotAuditor",
  "NotLicensee",
  "NotStaker",
  "NotEntitledOwner",
  "NotNodeOwner",
  "NotAnnouncer",
  "Unauthorized",
  "StakeNotFree",
  "SlashNoticeRunning",
  "InvalidAdSignature",
  "AccessControlUnauthorizedAccount",
  "AccessControlBadConfirmation",
  "AccessControlInvalidDefaultAdmin",
  "ERC721InsufficientApproval",
  "ERC721InvalidApprover",
]);

/** A maker with units minted (1), claimed (2), paired (3); a line; an announcer; a batch; a release; all pending. */
export async function roleScene(): Promise<Scene> {
  const { world, id, expiry } = await licensedWorld();
  const owner = world.address("owner");
  await mint(world, "maker", id, 1, 2);
  await claimed(world, id, 2, "owner");
  await claimed(world, id, 3, "owner");
  for (const vehicle of [VEHICLE, FREE_VEHICLE]) await world.send("owner", "vehicles.mint", owner, vehicle);
  const pairing = await dimoPair(world, device(3), VEHICLE);
  await world.send("owner", "registry.pairAftermarketDeviceWithAdSig", token(3), VEHICLE, pairing);
  for (const operator of ["maker", "line"] as const)
    await world.send("owner", "registry.setApprovalForAll", world.address(operator), true);
  for (const privilege of [1, 3, 4])
    await world.send("maker", "nodes.setPrivilege", id, privilege, world.address("line"), expiry);

  await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
  await world.send("maker", "board.proposeRoot", id, EVIDENCE);
  await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
  await world.send("maker", "board.announce", id, RELEASE, 1);
  await world.send("maker", "registry.commitBatch", batch(id, 1));

  const rivalId = await handNode(world, "Rival Works", "rival");
  await certify(world, rivalId, "rival", await grantLicense(world, rivalId, "rival"));
  const newcomerId = await handNode(world, "Newcomer", "owner");
  return { world, id, newcomerId, expiry };
}

/** A batch of one: its root is the leaf itself. */
const batch = (id: bigint, batchId: number) => ({ id, batchId, model: MODEL, count: 1, root: EVIDENCE });
const slash = ({ world, id }: Scene) => ({
  id,
  staker: world.address("maker"),
  amount: 1n,
  reason: 1,
  evidence: EVIDENCE,
});
const proposeSlash = (scene: Scene) => scene.world.send("licensor", "programme.proposeSlash", slash(scene));
const contestSlash = async (scene: Scene) => {
  await proposeSlash(scene);
  await scene.world.send("maker", "programme.contestSlash", scene.id, EVIDENCE);
};
const suspend = ({ world, id }: Scene) => world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
const pendingSigner = ({ world, id }: Scene) =>
  world.send("maker", "board.proposeOtaSigner", id, world.address("treasury"));
const pendingRoot = ({ world, id }: Scene) => world.send("maker", "board.proposeRoot", id, ethers.id("root"));
const handOver = ({ world }: Scene) =>
  world.send("admin", "roles.beginDefaultAdminTransfer", world.address("stranger"));

const plain = (args: Trial["args"], prepare?: Trial["prepare"]): Trial => ({ args, ...(prepare && { prepare }) });

const TRIALS: Readonly<Record<string, Trial>> = {
  "roles.grantRole": plain(async ({ world }) => [await world.read("roles.LICENSOR"), world.address("stranger")]),
  "roles.revokeRole": plain(async ({ world }) => [await world.read("roles.LICENSOR"), world.address("licensor")]),
  "roles.renounceRole": plain(async ({ world }) => [await world.read("roles.LICENSOR"), world.address("licensor")]),
  "roles.beginDefaultAdminTransfer": plain(({ world }) => [world.address("stranger")]),
  "roles.acceptDefaultAdminTransfer": plain(
    () => [],
    async (scene) => {
      await handOver(scene);
      await pass(3 * DAY);
    },
  ),
  "roles.cancelDefaultAdminTransfer": plain(() => [], handOver),
  "roles.changeDefaultAdminDelay": plain(() => [DAY]),
  "roles.rollbackDefaultAdminDelay": plain(() => []),
  "roles.setTreasury": plain(({ world }) => [world.address("stranger")]),

  "nodes.setController": plain(({ world }) => [world.address("stranger")]),
  "nodes.removeController": plain(({ world }) => [world.address("maker")]),
  "nodes.mintManufacturer": plain(({ world }) => [world.address("admin"), "Zenith", []]),
  "nodes.mintManufacturerBatch": plain(({ world }) => [world.address("admin"), ["Zenith"]]),
  "nodes.renameManufacturer": plain(({ id }) => [id, "Zenith"]),
  "nodes.setManufacturerInfo": plain(({ id }) => [id, [{ attribute: "URL", info: "x" }]]),
  "nodes.reclaim": plain(
    ({ id }) => [id],
    ({ world }) => world.send("admin", "nodes.removeController", world.address("maker")),
  ),
  "nodes.setPrivilege": plain(({ world, id, expiry }) => [id, 1, world.address("stranger"), expiry]),
  "nodes.approve": plain(({ world, id }) => [world.address("stranger"), id]),
  "nodes.setApprovalForAll": plain(({ world }) => [world.address("treasury"), true]),
  "nodes.transferFrom": plain(({ world, id }) => [world.address("maker"), world.address("admin"), id]),
  "nodes.safeTransferFrom(address,address,uint256)": plain(({ world, id }) => [
    world.address("maker"),
    world.address("admin"),
    id,
  ]),
  "nodes.safeTransferFrom(address,address,uint256,bytes)": plain(({ world, id }) => [
    world.address("maker"),
    world.address("admin"),
    id,
    "0x",
  ]),

  "programme.applyForLicense": plain(
    async ({ world, newcomerId }) => [
      { id: newcomerId, payment: allowed(MIN_STAKE), mou: await signedMou(world, newcomerId, "owner") },
    ],
    ({ world }) => fund(world, "owner"),
  ),
  "programme.grant": plain(
    ({ newcomerId, expiry }) => [{ id: newcomerId, expiry, quota: QUOTA }],
    async ({ world, newcomerId, expiry }) => {
      await applyFor(world, newcomerId, "owner");
      await passAudits(world, newcomerId, expiry);
    },
  ),
  "programme.refuse": plain(
    ({ newcomerId }) => [newcomerId, EVIDENCE],
    ({ world, newcomerId }) => applyFor(world, newcomerId, "owner"),
  ),
  "programme.suspend": plain(({ id }) => [id, 1, EVIDENCE]),
  "programme.reinstate": plain(({ id }) => [id], suspend),
  "programme.sunset": plain(({ id, expiry }) => [id, expiry]),
  "programme.revoke": plain(({ id }) => [id, 1, EVIDENCE]),
  "programme.renew": plain(
    ({ id, expiry }) => [id, expiry + YEAR],
    async ({ world, id, expiry }) => {
      await world.send("maker", "programme.requestRenewal", id);
      await passAudits(world, id, expiry + YEAR);
    },
  ),
  "programme.requestRenewal": plain(({ id }) => [id]),
  "programme.renounce": plain(({ id }) => [id]),
  "programme.raiseQuota": plain(({ id }) => [id, QUOTA + 1]),
  "programme.extendSupport": plain(({ id, expiry }) => [id, expiry]),
  "programme.setMinStakeAmount": plain(() => [1n]),
  "programme.topUp": plain(
    ({ id }) => [id, allowed(1n)],
    async ({ world }) => {
      for (const account of accountNames) await fund(world, account, 1n);
    },
  ),
  "programme.withdrawStake": plain(
    ({ id }) => [id],
    async ({ world, id }) => {
      await world.send("maker", "programme.renounce", id);
      await pass(31 * DAY);
    },
  ),
  "programme.proposeSlash": plain((scene) => [slash(scene)]),
  "programme.contestSlash": plain(({ id }) => [id, EVIDENCE], proposeSlash),
  "programme.decideSlash": plain(({ id }) => [id, true], contestSlash),
  "programme.closeSlash": plain(({ id }) => [id], proposeSlash),
  "programme.executeSlash": plain(
    ({ id }) => [id],
    async (scene) => {
      await proposeSlash(scene);
      await pass(14 * DAY);
    },
  ),
  "programme.publishMou": plain(() => [EVIDENCE]),
  "programme.signMou": plain(async ({ world, id }) => [id, await signedMou(world, id, "maker")]),
  "programme.recordAudit": plain(({ id, expiry }) => [auditRecord(id, AUDITOR, expiry)]),
  "programme.certifyModel": plain(({ id, expiry }) => [modelCertificate(id, expiry)]),
  "programme.withdrawModel": plain(({ id }) => [id, MODEL]),

  "board.refresh": plain(({ id }) => [id]),
  "board.proposeOtaSigner": plain(({ world, id }) => [id, world.address("treasury")]),
  "board.activateOtaSigner": plain(
    ({ id }) => [id],
    async (scene) => {
      await pendingSigner(scene);
      await pass(8 * DAY);
    },
  ),
  "board.cancelOtaSigner": plain(({ id }) => [id], pendingSigner),
  "board.proposeRoot": plain(({ id }) => [id, EVIDENCE]),
  "board.activateRoot": plain(
    ({ id }) => [id],
    async (scene) => {
      await pendingRoot(scene);
      await pass(8 * DAY);
    },
  ),
  "board.cancelRoot": plain(({ id }) => [id], pendingRoot),
  "board.setAnnouncer": plain(({ world, id }) => [id, world.address("stranger"), true]),
  "board.raiseMinSecurityVersion": plain(({ id }) => [id, 1, RELEASE]),
  "board.announce": plain(({ id }) => [id, ethers.id("next"), 1]),
  "board.withdraw": plain(({ id }) => [id, RELEASE]),

  "registry.mintAftermarketDeviceByManufacturerBatch": plain(({ id }) => [id, [record(9)]]),
  "registry.commitBatch": plain(({ id }) => [batch(id, 2)]),
  "registry.setMintModel": plain(({ id }) => [id, MODEL]),
  "registry.revokeBatchUnit": plain(({ id }) => [batch(id, 1), 0, EVIDENCE]),
  "registry.claimFromBatch": plain(
    async ({ world, id }) => {
      const { claim, signature } = await ownClaim(world, device(8), world.address("owner"), { nonce: 0n });
      return [oneUnitBatch(world, id), unitEight, claim, signature];
    },
    async ({ world, id }) => world.send("maker", "registry.commitBatch", oneUnitBatch(world, id)),
  ),
  "registry.resetAftermarketDeviceAddressByManufacturerBatch": plain(() => [
    [{ aftermarketDeviceNodeId: token(1), deviceAddress: device(9).address }],
  ]),
  "registry.reprovisionAftermarketDeviceByManufacturerBatch": plain(() => [[token(2)]]),
  "registry.setAftermarketDeviceInfo": plain(() => [token(1), [{ attribute: "DefinitionURI", info: "x" }]]),
  "registry.revokeDevice": plain(() => [token(1), EVIDENCE]),
  "registry.addAftermarketDeviceAttribute": plain(() => ["Color"]),
  "registry.addFixedAttribute": plain(() => ["Color"]),
  "registry.claimAftermarketDevice": plain(async ({ world }) => [
    token(1),
    await dimoClaim(world, device(1), world.address("owner")),
  ]),
  "registry.claimDevice": plain(async ({ world }) => {
    const { claim, signature } = await ownClaim(world, device(1), world.address("owner"));
    return [claim, signature];
  }),
  "registry.returnDevice": plain(() => [token(2)]),
  "registry.pairAftermarketDeviceWithAdSig": plain(async ({ world }) => [
    token(2),
    FREE_VEHICLE,
    await dimoPair(world, device(2), FREE_VEHICLE),
  ]),
  "registry.pairDevice": plain(async ({ world }) => {
    const { pairing, signature } = await ownPairing(world, device(2), FREE_VEHICLE);
    return [pairing, signature];
  }),
  "registry.unpairDevice": plain(async ({ world }) => {
    const { pairing, signature } = await ownPairing(world, device(3), VEHICLE, "unpairDevice");
    return [pairing, signature];
  }),
  "registry.unpairAftermarketDevice": plain(() => [token(3), VEHICLE]),
  "registry.approve": plain(({ world }) => [world.address("stranger"), token(2)], withoutOperators),
  "registry.setApprovalForAll": plain(({ world }) => [world.address("treasury"), true]),
  "registry.transferFrom": plain(({ world }) => move(world), withoutOperators),
  "registry.safeTransferFrom(address,address,uint256)": plain(({ world }) => move(world), withoutOperators),
  "registry.safeTransferFrom(address,address,uint256,bytes)": plain(
    ({ world }) => [...move(world), "0x"],
    withoutOperators,
  ),
};

function move(world: World): unknown[] {
  return [world.address("owner"), world.address("stranger"), token(2)];
}

async function withoutOperators({ world }: Scene): Promise<void> {
  for (const operator of ["maker", "line"] as const)
    await world.send("owner", "registry.setApprovalForAll", world.address(operator), false);
}

const unitEight = {
  index: 0,
  device: device(8).address,
  certificateHash: EVIDENCE,
  mintingRecordHash: EVIDENCE,
  saltedSerialHash: EVIDENCE,
  proof: [],
};

function oneUnitBatch(world: World, id: bigint) {
  const evidence = ethers.getBytes(EVIDENCE);
  const place = {
    chainId: 31337n,
    registry: ethers.getBytes(world.deployment.registry),
    manufacturerId: id,
    batchId: 3n,
  };
  const leaf = encodeDeviceLeaf(place, {
    index: 0,
    address: ethers.getBytes(unitEight.device),
    certificateHash: evidence,
    mintingRecordHash: evidence,
    saltedSerialHash: evidence,
  });
  return { ...batch(id, 3), root: ethers.hexlify(leaf) };
}

/** Every function of the contracts that changes state, as the trials name them: overloads by their signature. */
export function writingFunctions(world: World): string[] {
  const parts: readonly Part[] = ["roles", "nodes", "programme", "board", "registry"];
  return parts.flatMap((part) => {
    const writing = world
      .contract(part)
      .interface.fragments.filter((fragment) => FunctionFragment.isFragment(fragment))
      .filter(({ constant }) => !constant);
    return writing.map((fragment) => {
      const overloaded = writing.filter(({ name }) => name === fragment.name).length > 1;
      return `${part}.${overloaded ? fragment.format("sighash") : fragment.name}`;
    });
  });
}

export interface RoleRow {
  readonly path: string;
  readonly allowed: readonly Account[];
  /** Refusals that do not say "not you". */
  readonly odd: ReadonlyMap<Account, string>;
}

/** Brings about what a trial needs to go through. */
export async function prepare(path: string, scene: Scene): Promise<void> {
  await TRIALS[path]?.prepare?.(scene);
}

export const triedFunctions: readonly string[] = Object.keys(TRIALS);

export async function roleMatrix(): Promise<RoleRow[]> {
  const scene = await roleScene();
  const rows: RoleRow[] = [];
  for (const [path, { args, prepare }] of Object.entries(TRIALS))
    rows.push(
      await rolledBack(async () => {
        await prepare?.(scene);
        const may: Account[] = [];
        const odd = new Map<Account, string>();
        for (const account of accountNames) {
          const error = await scene.world.outcome(account, path as Path, ...(await args(scene, account)));
          if (error === "") may.push(account);
          else if (!NOT_YOU.has(error)) odd.set(account, error);
        }
        return { path, allowed: may, odd };
      }),
    );
  return rows;
}
