// SPDX-License-Identifier: Apache-2.0
import { HDNodeWallet } from "ethers";
import { DAY, ethers, now } from "./chain.ts";
import { signTyped } from "./typed-data.ts";
import type { Account, World } from "./world.ts";

const root = HDNodeWallet.fromSeed(ethers.toUtf8Bytes("FAKE seed of the contracts' tests"));

/** The n-th test device: the same key in every run. */
export const device = (n: number): HDNodeWallet => root.deriveChild(n);

export const tokenOf = (unit: { address: string }): bigint => BigInt(unit.address);

/** DIMO's record of a device, with a serial of 17 characters and an IMEI of 15. */
export const record = (n: number) => ({
  addr: device(n).address,
  attrInfoPairs: [
    { attribute: "Serial", info: `TM1-2026-${String(n).padStart(8, "0")}` },
    { attribute: "IMEI", info: `3569380${String(n).padStart(8, "0")}` },
  ],
});

/** Records of devices `from` up to but without `to`. */
export const records = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => record(from + i));

export async function mint(world: World, maker: Account, id: bigint, from: number, to: number): Promise<void> {
  await world.send(maker, "registry.mintAftermarketDeviceByManufacturerBatch", id, records(from, to));
}

/** A device's consent to DIMO's claim. */
export async function dimoClaim(world: World, unit: HDNodeWallet, owner: string, tokenId = tokenOf(unit)) {
  const value = { aftermarketDeviceNode: tokenId, owner };
  return await signTyped(unit, "dimoDomain", world.deployment.registry, "claimAftermarketDevice", value);
}

export async function dimoPair(world: World, unit: HDNodeWallet, vehicleNode: bigint, tokenId = tokenOf(unit)) {
  const value = { aftermarketDeviceNode: tokenId, vehicleNode };
  return await signTyped(unit, "dimoDomain", world.deployment.registry, "pairAftermarketDevice", value);
}

/** Claim and signature in our form, with the device's nonce on chain unless another is given. */
export async function ownClaim(world: World, unit: HDNodeWallet, owner: string, change: { nonce?: bigint } = {}) {
  const claim = { tokenId: tokenOf(unit), owner, deadline: (await now()) + DAY };
  const nonce = change.nonce ?? (await world.read<bigint>("registry.deviceNonce", claim.tokenId));
  const value = { ...claim, nonce };
  return {
    claim,
    signature: await signTyped(unit, "touchmarkDomain", world.deployment.registry, "claimDevice", value),
  };
}

export async function ownPairing(
  world: World,
  unit: HDNodeWallet,
  vehicleId: bigint,
  struct: "pairDevice" | "unpairDevice" = "pairDevice",
) {
  const pairing = { tokenId: tokenOf(unit), vehicleId, deadline: (await now()) + DAY };
  const nonce = await world.read<bigint>("registry.deviceNonce", pairing.tokenId);
  const signature = await signTyped(unit, "touchmarkDomain", world.deployment.registry, struct, {
    ...pairing,
    nonce,
  });
  return { pairing, signature };
}

/** Mints device n for the maker and lets `owner` claim it. */
export async function claimed(world: World, id: bigint, n: number, owner: Account): Promise<bigint> {
  await mint(world, "maker", id, n, n + 1);
  const signature = await dimoClaim(world, device(n), world.address(owner));
  await world.send(owner, "registry.claimAftermarketDevice", tokenOf(device(n)), signature);
  return tokenOf(device(n));
}
