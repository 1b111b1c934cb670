// SPDX-License-Identifier: Apache-2.0
// Every action tried in every state of a license, by whoever has the right to it.
import { words } from "../../../host/src/protocol/generated.ts";
import { DAY, ethers, now, pass, rolledBack } from "./chain.ts";
import { device, mint, record, tokenOf } from "./devices.ts";
import {
  allowed,
  applyFor,
  auditRecord,
  certify,
  EVIDENCE,
  fund,
  grantLicense,
  MODEL,
  modelCertificate,
  passAudits,
  QUOTA,
  signedMou,
  unlicensedWorld,
  YEAR,
} from "./steps.ts";
import { type Account, MIN_STAKE, type Path, type World } from "./world.ts";

interface Scene {
  readonly world: World;
  readonly id: bigint;
}

const RELEASE = ethers.id("released before");
const ONE = 10n ** 18n;

/** A license in force, a unit minted, a release announced and the minimum raised to its version. */
async function inForce({ world, id }: Scene): Promise<void> {
  const expiry = await grantLicense(world, id, "maker");
  await certify(world, id, "maker", expiry + YEAR);
  await mint(world, "maker", id, 1, 2);
  await world.send("maker", "board.announce", id, RELEASE, 1);
  await world.send("maker", "board.raiseMinSecurityVersion", id, 1, RELEASE);
}

const slash = ({ world, id }: Scene) => ({
  id,
  staker: world.address("maker"),
  amount: ONE,
  reason: 1,
  evidence: EVIDENCE,
});

type Step = (scene: Scene) => Promise<unknown>;

const inTurn =
  (...steps: readonly Step[]): Step =>
  async (scene) => {
    for (const step of steps) await step(scene);
  };

const suspend: Step = ({ world, id }) => world.send("licensor", "programme.suspend", id, 1, EVIDENCE);

/** The stake of a license that is over goes back to its maker. */
const payOut: Step = async ({ world, id }) => {
  await pass(30 * DAY);
  await world.send("maker", "programme.withdrawStake", id);
};

const refused: Step = async ({ world, id }) => {
  await applyFor(world, id, "maker");
  await world.send("licensor", "programme.refuse", id, EVIDENCE);
};

const renounced = inTurn(inForce, ({ world, id }) => world.send("maker", "programme.renounce", id));

const revoked = inTurn(inForce, ({ world, id }) => world.send("licensor", "programme.revoke", id, 1, EVIDENCE));

const inSunset = inTurn(inForce, async ({ world, id }) =>
  world.send("licensor", "programme.sunset", id, (await now()) + 100 * DAY),
);

/** How a license comes into each of its states. `understaked` is suspended with a cure period running. */
const STATES: Readonly<Record<string, Step>> = {
  none: async () => undefined,
  applied: ({ world, id }) => applyFor(world, id, "maker"),
  refused,
  active: inForce,
  suspended: inTurn(inForce, suspend),
  understaked: async (scene) => {
    await inForce(scene);
    await scene.world.send("licensor", "programme.proposeSlash", slash(scene));
    await pass(14 * DAY);
    await scene.world.send("stranger", "programme.executeSlash", scene.id);
  },
  sunset: inSunset,
  renounced,
  revoked,
  expired: inTurn(inForce, () => pass(YEAR)),
  "sunset ended": inTurn(inSunset, () => pass(100 * DAY)),
  "renounced, suspended": inTurn(renounced, suspend),
  "refused, paid out": inTurn(refused, payOut),
  "renounced, paid out": inTurn(renounced, payOut),
  "renounced, suspended, paid out": inTurn(renounced, suspend, payOut),
  "revoked, paid out": inTurn(revoked, payOut),
  "paid out, applied": inTurn(revoked, payOut, ({ world, id }) => applyFor(world, id, "maker")),
};

type Attempt = (scene: Scene) => Promise<string>;

const attempt =
  (account: Account, path: Path, args: (scene: Scene) => unknown[] | Promise<unknown[]>): Attempt =>
  async (scene) =>
    await scene.world.outcome(account, path, ...(await args(scene)));

const later = async (seconds: number): Promise<number> => (await now()) + seconds;

/** The actions, each with all that it needs besides the license's state. */
const ACTIONS: Readonly<Record<string, Attempt>> = {
  apply: async (scene) => {
    const { world, id } = scene;
    await fund(world, "maker");
    const application = { id, payment: allowed(MIN_STAKE), mou: await signedMou(world, id, "maker") };
    return await world.outcome("maker", "programme.applyForLicense", application);
  },
  "record an audit": attempt("hardwareAuditor", "programme.recordAudit", async ({ id }) => [
    auditRecord(id, 0, await later(YEAR)),
  ]),
  grant: async ({ world, id }) => {
    const expiry = await later(YEAR);
    await passAudits(world, id, expiry).catch(() => undefined);
    return await world.outcome("licensor", "programme.grant", { id, expiry, quota: QUOTA });
  },
  refuse: attempt("licensor", "programme.refuse", ({ id }) => [id, EVIDENCE]),
  suspend: attempt("licensor", "programme.suspend", ({ id }) => [id, 1, EVIDENCE]),
  reinstate: async ({ world, id }) => {
    await fund(world, "maker", ONE);
    const life = (await world.read<{ cureUntil: bigint }>("programme.licenseOf", id)).cureUntil;
    if (life !== 0n) {
      await pass(31 * DAY);
      await world.send("maker", "programme.topUp", id, allowed(ONE));
    }
    return await world.outcome("licensor", "programme.reinstate", id);
  },
  "top up": async ({ world, id }) => {
    await fund(world, "maker", ONE);
    return await world.outcome("maker", "programme.topUp", id, allowed(ONE));
  },
  "top up, and get all of it back alone": async ({ world, id }) => {
    await fund(world, "maker", ONE);
    const refusal = await world.outcome("maker", "programme.topUp", id, allowed(ONE));
    if (refusal !== "") return refusal;
    await world.send("maker", "programme.topUp", id, allowed(ONE));
    await world.send("maker", "programme.renounce", id);
    await pass(30 * DAY);
    await world.send("maker", "programme.withdrawStake", id);
    return (await world.read<bigint>("token.balanceOf", world.deployment.programme)) === 0n ? "" : "left behind";
  },
  sunset: attempt("licensor", "programme.sunset", async ({ id }) => [id, await later(50 * DAY)]),
  revoke: attempt("licensor", "programme.revoke", ({ id }) => [id, 1, EVIDENCE]),
  renounce: attempt("maker", "programme.renounce", ({ id }) => [id]),
  "request renewal": attempt("maker", "programme.requestRenewal", ({ id }) => [id]),
  renew: async ({ world, id }) => {
    const expiry = await later(2 * YEAR);
    await world.send("maker", "programme.requestRenewal", id).catch(() => undefined);
    await passAudits(world, id, expiry).catch(() => undefined);
    return await world.outcome("licensor", "programme.renew", id, expiry);
  },
  "raise the quota": attempt("licensor", "programme.raiseQuota", ({ id }) => [id, QUOTA + 1]),
  "certify a model": attempt("licensor", "programme.certifyModel", async ({ id }) => [
    modelCertificate(id, await later(YEAR)),
  ]),
  "extend support": attempt("maker", "programme.extendSupport", async ({ id }) => [id, await later(YEAR)]),
  "propose a slash": attempt("licensor", "programme.proposeSlash", (scene) => [slash(scene)]),
  "withdraw the stake, after notice": async ({ world, id }) => {
    await pass(31 * DAY);
    return await world.outcome("maker", "programme.withdrawStake", id);
  },
  "mint units": attempt("maker", "registry.mintAftermarketDeviceByManufacturerBatch", ({ id }) => [id, [record(2)]]),
  "commit a batch": attempt("maker", "registry.commitBatch", ({ id }) => [
    { id, batchId: 1, model: MODEL, count: 1, root: EVIDENCE },
  ]),
  "reset a unit's address": attempt("maker", "registry.resetAftermarketDeviceAddressByManufacturerBatch", () => [
    [{ aftermarketDeviceNodeId: tokenOf(device(1)), deviceAddress: device(2).address }],
  ]),
  "announce at the minimum version": attempt("maker", "board.announce", ({ id }) => [id, ethers.id("next"), 1]),
  "announce a higher version": attempt("maker", "board.announce", ({ id }) => [id, ethers.id("next"), 2]),
  "withdraw a release": attempt("maker", "board.withdraw", ({ id }) => [id, RELEASE]),
};

const STATUS_NAMES = new Map<bigint, string>(
  Object.entries(words.licenseStatus).map(([name, status]) => [BigInt(status), name]),
);

/** What a device would read once the board is refreshed. */
async function proved({ world, id }: Scene): Promise<string> {
  await world.send("stranger", "board.refresh", id);
  const word = await world.read<bigint>("board.license", id);
  const expiry = (word >> 160n) & 0xffffffffffffn;
  const status = STATUS_NAMES.get((word >> 240n) & 0xffn) ?? "?";
  return status !== "revoked" && status !== "suspended" && expiry <= BigInt(await now())
    ? `${status}, expired`
    : status;
}

async function stake({ world, id }: Scene): Promise<string> {
  const held = await world.read<bigint>("programme.stakeOf", id, world.address("maker"));
  if (held === 0n) return "none";
  const freeAt = await world.read<bigint>("programme.stakeFreeAt", id, world.address("maker"));
  return freeAt === 0n ? "locked" : "free after notice";
}

export interface LifeMatrix {
  readonly states: readonly string[];
  /** Row name → a cell per state. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  /** Outcomes of attempts as custom errors: "action in state" → name. */
  readonly refusals: ReadonlyMap<string, string>;
}

export async function lifeMatrix(): Promise<LifeMatrix> {
  const { world, id } = await unlicensedWorld();
  const scene = { world, id };
  await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
  const rows = new Map<string, string[]>();
  const refusals = new Map<string, string>();
  const cell = (row: string, value: string) => rows.set(row, [...(rows.get(row) ?? []), value]);

  for (const [state, reach] of Object.entries(STATES))
    await rolledBack(async () => {
      await reach(scene);
      cell("*devices prove*", await rolledBack(() => proved(scene)));
      cell("*the stake is*", await stake(scene));
      for (const [action, run] of Object.entries(ACTIONS)) {
        const error = await rolledBack(() => run(scene));
        cell(action, error === "" ? "yes" : "·");
        if (error !== "") refusals.set(`${action} in ${state}`, error);
      }
    });
  return { states: Object.keys(STATES), rows, refusals };
}
