// SPDX-License-Identifier: Apache-2.0
// A registry of devices behind DIMO's ABI: our own, or DIMO's.
import type { Contract } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { ErrorName } from "../../protocol/generated.ts";
import type { DeviceAct } from "../device/device-act.ts";
import type { DeviceRegistry } from "../register.ts";

export const backendNames = ["touchmark", "dimo"] as const;

export type BackendName = (typeof backendNames)[number];

/** Who wants to register how many units, and when. */
export interface RegistrationRequest {
  readonly manufacturerId: bigint;
  readonly account: string;
  /** Units that are not registered yet. */
  readonly count: number;
  /** Unix seconds of the newest block. */
  readonly now: bigint;
}

/** One thing on which every unit of a registration depends. */
export interface Requirement {
  readonly what: string;
  /** Undefined: the registry has no such thing. */
  readonly met: boolean | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  /** What a registration is refused with; PREFLIGHT where left out. */
  readonly code?: ErrorName;
  /** Needed to claim units, not to register them. */
  readonly forClaims?: true;
}

export interface ClaimRequest {
  readonly tokenId: bigint;
  readonly owner: string;
  /** Unix seconds. */
  readonly deadline: bigint;
}

export interface PairRequest {
  readonly tokenId: bigint;
  readonly vehicleId: bigint;
  /** Unix seconds. */
  readonly deadline: bigint;
}

export interface RegistryBackend extends DeviceRegistry {
  readonly name: BackendName;
  /** Whose ERC-721 the manufacturers' nodes are. */
  readonly nodes: Contract;
  /** Whose ERC-721 the devices are. */
  readonly tokens: Contract;
  /** Most units of one call. @throws CHAIN_UNREACHABLE, CONTRACT_SILENT */
  longestBatch(): Promise<number>;
  /** In the order in which they are worth fixing. @throws CHAIN_UNREACHABLE, CONTRACT_SILENT */
  requirements(request: RegistrationRequest): Promise<Requirement[]>;
  /** What the unit signs to be claimed, and the call that takes it. */
  claim(request: ClaimRequest): Promise<DeviceAct>;
  /** What the unit signs to be paired, and the call that takes it. */
  pair(request: PairRequest): Promise<DeviceAct>;
  /** What the unit signs to be parted from its vehicle; DIMO's registry takes no such thing. */
  unpair?(request: PairRequest): Promise<DeviceAct>;
  /** The device back to its manufacturer, by its owner. */
  giveBack(tokenId: bigint): DeviceCall;
}

/** A call of a contract, and the event without which it did not happen. */
export interface DeviceCall {
  readonly contract: Contract;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly event: string;
  /** Of whom the event is, where another contract emits it. */
  readonly emitter?: Contract;
}

/** @throws the first requirement that is not met: PREFLIGHT, MODEL_NOT_CERTIFIED */
export function requireAll(requirements: readonly Requirement[]): void {
  for (const { what, met, data, code = "PREFLIGHT", forClaims } of requirements)
    if (met === false && !forClaims) throw new TouchmarkError(code, { data: { missing: what, ...data } });
}
