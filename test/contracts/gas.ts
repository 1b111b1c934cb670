// SPDX-License-Identifier: Apache-2.0
// Gas of what a manufacturer pays for, with all checks on: license, quota, model, privilege, address.
import { batchTree } from "../../host/src/protocol/batch-tree.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeDeviceLeaf } from "../../host/src/protocol/device-leaf.ts";
import { ethers, rolledBack } from "./support/chain.ts";
import { device, dimoClaim, mint, ownClaim, records, tokenOf } from "./support/devices.ts";
import { applyFor, EVIDENCE, handNode, licensedWorld, MODEL, passAudits } from "./support/steps.ts";
import type { Account, Path, World } from "./support/world.ts";

export interface GasFigure {
  /** gas.root.100 … */
  readonly figure: string;
  /** Gas; per device where the name ends in a count. */
  readonly value: number;
  readonly unit: "gas" | "gas/device";
  /** "<= 700", where DESIGN gives one. */
  readonly budget?: string;
  /** What it is to be read against. */
  readonly anchor?: string;
  readonly note?: string;
}

const MINT: Path = "registry.mintAftermarketDeviceByManufacturerBatch";
const LEAVES = 1000;

/** Mints and batches before the measured ones, so that no figure pays for a first word of the quota or balance. */
async function warmUp(world: World, id: bigint): Promise<void> {
  await mint(world, "maker", id, 9000, 9001);
  await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
  await world.send("maker", "board.announce", id, ethers.id("first"), 1);
}

async function gasOf(world: World, by: Account, path: Path, ...args: readonly unknown[]): Promise<number> {
  return await rolledBack(async () => Number((await world.send(by, path, ...args)).gasUsed));
}

/** A batch of `count` units whose last is device `count`. */
function batchOf(world: World, id: bigint, count: number) {
  const hash = ethers.getBytes(EVIDENCE);
  const place = { chainId: 31337n, registry: fromHex(world.deployment.registry), manufacturerId: id, batchId: 5n };
  const hashes = { certificateHash: hash, mintingRecordHash: hash, saltedSerialHash: hash };
  const last = fromHex(device(count).address);
  const tree = batchTree(
    Array.from({ length: count }, (_, index) =>
      encodeDeviceLeaf(place, {
        index,
        address: index === count - 1 ? last : new Uint8Array(20).fill(index),
        ...hashes,
      }),
    ),
  );
  return {
    batch: { id, batchId: 5n, model: MODEL, count, root: `0x${toHex(tree.root)}` },
    lastUnit: {
      index: count - 1,
      device: device(count).address,
      certificateHash: EVIDENCE,
      mintingRecordHash: EVIDENCE,
      saltedSerialHash: EVIDENCE,
      proof: tree.proof(count - 1).map((sibling) => `0x${toHex(sibling)}`),
    },
  };
}

async function rootFigures(world: World, id: bigint): Promise<GasFigure[]> {
  const budgets: [count: number, budget: number][] = [
    [100, 700],
    [500, 140],
    [1000, 70],
  ];
  const figures: GasFigure[] = [];
  for (const [count, budget] of budgets) {
    const { batch } = batchOf(world, id, count);
    const value = (await gasOf(world, "maker", "registry.commitBatch", batch)) / count;
    const anchor = "DIMO's mint: 159,000";
    figures.push({ figure: `gas.root.${count}`, value, unit: "gas/device", budget: `<= ${budget}`, anchor });
  }
  const { batch } = batchOf(world, id, LEAVES);
  const byLine = (await gasOf(world, "line", "registry.commitBatch", batch)) / LEAVES;
  return [
    ...figures,
    { figure: `gas.root.${LEAVES}.line`, value: byLine, unit: "gas/device", note: "by the holder of a privilege" },
  ];
}

async function mintFigures(world: World, id: bigint): Promise<GasFigure[]> {
  const anchors: [count: number, dimo: string, budget?: string][] = [
    [1, "307,000"],
    [10, "169,000"],
    [50, "159,000", "<= 90000"],
  ];
  const figures: GasFigure[] = [];
  for (const [count, dimo, budget] of anchors) {
    const value = (await gasOf(world, "maker", MINT, id, records(0, count))) / count;
    const anchor = `DIMO's: ${dimo}`;
    figures.push({ figure: `gas.mint.${count}`, value, unit: "gas/device", anchor, ...(budget && { budget }) });
  }
  return figures;
}

async function claimFigures(world: World, id: bigint): Promise<GasFigure[]> {
  const { batch, lastUnit } = batchOf(world, id, LEAVES);
  const owner = world.address("owner");
  const fromBatch = await rolledBack(async () => {
    await world.send("maker", "registry.commitBatch", batch);
    const { claim, signature } = await ownClaim(world, device(LEAVES), owner, { nonce: 0n });
    return await gasOf(world, "owner", "registry.claimFromBatch", batch, lastUnit, claim, signature);
  });
  const minted = await rolledBack(async () => {
    await mint(world, "maker", id, 1, 2);
    const signature = await dimoClaim(world, device(1), owner);
    return await gasOf(world, "owner", "registry.claimAftermarketDevice", tokenOf(device(1)), signature);
  });
  return [
    { figure: "gas.claim.batch", value: fromBatch, unit: "gas", note: `one unit of ${LEAVES}, brought on chain` },
    { figure: "gas.claim.minted", value: minted, unit: "gas", note: "DIMO's claim" },
  ];
}

async function licenseFigures(world: World, id: bigint, expiry: number): Promise<GasFigure[]> {
  const rivalId = await handNode(world, "Rival Works", "rival");
  await applyFor(world, rivalId, "rival");
  await passAudits(world, rivalId, expiry);
  const terms = { id: rivalId, expiry, quota: 1000 };
  const announce = await gasOf(world, "maker", "board.announce", id, ethers.id("second"), 2);
  return [
    {
      figure: "gas.announce",
      value: announce,
      unit: "gas",
      budget: "<= 65000",
      anchor: "prototype: 60,000",
      note: "the source is asked live",
    },
    { figure: "gas.grant", value: await gasOf(world, "licensor", "programme.grant", terms), unit: "gas" },
    {
      figure: "gas.suspend",
      value: await gasOf(world, "licensor", "programme.suspend", id, 1, EVIDENCE),
      unit: "gas",
      note: "with the board's word",
    },
  ];
}

/** Measured on a fresh in-process chain, after one transaction of each kind. */
export async function gasFigures(): Promise<GasFigure[]> {
  const { world, id, expiry } = await licensedWorld();
  await warmUp(world, id);
  await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), expiry);
  return [
    ...(await rootFigures(world, id)),
    ...(await mintFigures(world, id)),
    ...(await claimFigures(world, id)),
    ...(await licenseFigures(world, id, expiry)),
  ];
}
