// SPDX-License-Identifier: Apache-2.0
// DIMO's registry for tests: a stand-in on the in-process chain, or a deployment of DIMO's own contracts that the
// environment names.
import { JsonRpcProvider, Wallet } from "ethers";
import { type RpcBridge, rpcBridge } from "../../support/rpc-bridge.ts";
import { chain, lively } from "./batch-run.ts";
import { ethers } from "./chain.ts";

export interface DimoDeployment extends AsyncDisposable {
  readonly rpc: string;
  readonly chainId: string;
  readonly registry: string;
  /** Node of a maker with a license, an account with ether and credit. */
  readonly manufacturerId: string;
  readonly maker: Wallet;
  /** Owner of the vehicle. */
  readonly driver: Wallet;
  readonly vehicleId: string;
}

/** Each required: a node's URL, the registry, a ManufacturerID, keys of its owner and of a vehicle's owner (0x…). */
const VARIABLES = {
  rpc: "TOUCHMARK_DIMO_RPC",
  chainId: "TOUCHMARK_DIMO_CHAIN_ID",
  registry: "TOUCHMARK_DIMO_REGISTRY",
  manufacturerId: "TOUCHMARK_DIMO_MANUFACTURER_ID",
  maker: "TOUCHMARK_DIMO_MAKER_KEY",
  driver: "TOUCHMARK_DIMO_DRIVER_KEY",
  vehicleId: "TOUCHMARK_DIMO_VEHICLE_ID",
} as const;

/** Undefined where a variable is missing. */
export function namedDeployment(): DimoDeployment | undefined {
  const given = Object.entries(VARIABLES).map(([name, variable]) => [name, process.env[variable]] as const);
  if (given.some(([, value]) => value === undefined)) return undefined;
  const values = Object.fromEntries(given) as Record<keyof typeof VARIABLES, string>;
  const [maker, driver] = [new Wallet(values.maker), new Wallet(values.driver)];
  return { ...values, maker, driver, [Symbol.asyncDispose]: async () => undefined };
}

/** The stand-in, with a license and 10,000 credits. */
export async function standIn(): Promise<DimoDeployment> {
  const [maker, driver] = [wallet(), wallet()];
  const deploy = (name: string, args: readonly unknown[] = []) => ethers.deployContract(name, [...args]);
  const [stake, credit, vehicles] = [
    await deploy("DevDimoStake"),
    await deploy("DevDimoCredit"),
    await deploy("DevVehicleId"),
  ];
  const registry = await deploy("DevDimoRegistry", [stake.target, credit.target, vehicles.target]);
  const [nodes, devices] = [
    await deploy("DevDimoNodes", [registry.target]),
    await deploy("DevDimoDevices", [registry.target]),
  ];
  await registry.getFunction("setTokens")(nodes.target, devices.target);
  await nodes.getFunction("mint")(maker.address, 7);
  await stake.getFunction("mint")(maker.address, 1);
  await credit.getFunction("mint")(maker.address, 10_000);
  await vehicles.getFunction("mint")(driver.address, 1);
  for (const { address } of [maker, driver]) await chain("hardhat_setBalance", [address, "0xde0b6b3a7640000"]);
  const bridge: RpcBridge = await rpcBridge(lively);
  return {
    rpc: bridge.url,
    chainId: "31337",
    registry: String(registry.target),
    manufacturerId: "7",
    maker,
    driver,
    vehicleId: "1",
    [Symbol.asyncDispose]: () => bridge[Symbol.asyncDispose](),
  };
}

/** A key of this run alone. */
export const wallet = (): Wallet => new Wallet(ethers.hexlify(ethers.randomBytes(32)));

export function providerOf({ rpc, chainId }: DimoDeployment): JsonRpcProvider {
  return new JsonRpcProvider(rpc, BigInt(chainId), { staticNetwork: true, cacheTimeout: -1 });
}
