// SPDX-License-Identifier: Apache-2.0
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import type { DeviceState } from "../../registry/device/device.ts";
import type { KeyAccount } from "../../registry/key-account.ts";
import { type AccountArguments, accountArguments } from "../chain.ts";
import { table } from "../print.ts";
import { type SenderArguments, senderArguments } from "../sender.ts";
import type { Result } from "../verb.ts";
import { type RegistryArguments, type RegistrySession, registryArguments } from "./registry-session.ts";

export interface DeviceArguments extends AccountArguments, RegistryArguments {
  readonly device: string;
}

export interface HolderDeviceArguments extends SenderArguments, RegistryArguments {
  readonly device: string;
}

const DEVICE = { type: "string", demandOption: true, describe: "The unit's address, or its token id" } as const;

/** An account's act on one device. */
export function deviceArguments(yargs: Argv): Argv<DeviceArguments> {
  return registryArguments(accountArguments(yargs)).positional("device", DEVICE);
}

/** A manufacturer's, whose node an account or a contract wallet holds. */
export function holderDeviceArguments(yargs: Argv): Argv<HolderDeviceArguments> {
  return registryArguments(senderArguments(yargs)).positional("device", DEVICE);
}

export function deviceResult({ attributes, ...state }: DeviceState): Result {
  const json = { ...state, ...attributes };
  return { json, text: table(Object.entries(json)) };
}

/** @throws USAGE */
export function caller({ account }: RegistrySession): KeyAccount {
  if (account === undefined) throw new TouchmarkError("USAGE", { data: { missing: "key" } });
  return account;
}

/** Unix seconds of the newest block. */
export async function chainNow({ runner }: RegistrySession): Promise<bigint> {
  const block = await runner.provider?.getBlock("latest");
  if (!block) throw new TouchmarkError("CHAIN_UNREACHABLE");
  return BigInt(block.timestamp);
}
