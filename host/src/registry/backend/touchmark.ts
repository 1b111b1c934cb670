// SPDX-License-Identifier: Apache-2.0
// Our own registry, under our own license programme.
import type { Contract } from "ethers";
import { words } from "../../protocol/generated.ts";
import type { DeviceAct } from "../device/device-act.ts";
import { read } from "../transaction.ts";
import type {
  ClaimRequest,
  DeviceCall,
  PairRequest,
  RegistrationRequest,
  RegistryBackend,
  Requirement,
} from "./backend.ts";
import { mintPrivilege } from "./privilege.ts";

export interface TouchmarkParts {
  readonly registry: Contract;
  readonly nodes: Contract;
  readonly programme: Contract;
}

interface Terms {
  readonly status: bigint;
  /** Unix seconds. */
  readonly expiry: bigint;
  readonly owner: string;
  readonly modelValidUntil: bigint;
}

export class TouchmarkBackend implements RegistryBackend {
  readonly name = "touchmark";
  readonly contract: Contract;
  readonly devices: string;
  readonly nodes: Contract;
  readonly tokens: Contract;
  readonly #programme: Contract;

  constructor({ registry, nodes, programme }: TouchmarkParts) {
    this.contract = registry;
    this.devices = String(registry.target);
    this.tokens = registry;
    this.nodes = nodes;
    this.#programme = programme;
  }

  async longestBatch(): Promise<number> {
    return Number(await read<bigint>(this.contract, "MAX_BATCH"));
  }

  async requirements({ manufacturerId, account, count, now }: RegistrationRequest): Promise<Requirement[]> {
    const { contract, nodes } = this;
    const model = await read<string>(contract, "mintModel", manufacturerId);
    const terms = await read<Terms>(this.#programme, "registrationTerms", manufacturerId, model);
    const used = await read<bigint>(contract, "unitsRegistered", manufacturerId);
    const quota = await read<bigint>(this.#programme, "quotaOf", manufacturerId);
    const { status, expiry, owner, modelValidUntil } = terms;
    const inForce = status === BigInt(words.licenseStatus.active) && expiry > now;
    return [
      await mintPrivilege(nodes, { manufacturerId, account, owner }),
      { what: "license in force", met: inForce, data: { status: `${status}`, expiry: `${expiry}` } },
      {
        what: "hardware certificate",
        met: modelValidUntil > now,
        data: { model, validUntil: `${modelValidUntil}` },
        code: "MODEL_NOT_CERTIFIED",
      },
      { what: "quota", met: used + BigInt(count) <= quota, data: { quota: `${quota}`, used: `${used}`, count } },
      { what: "credit", met: undefined, data: { note: "this registry charges nothing" } },
      { what: "approval", met: undefined, data: { note: "claims need none here" }, forClaims: true },
    ];
  }

  /** With the device's nonce and a deadline: a signature works once, and ends. */
  async claim({ tokenId, owner, deadline }: ClaimRequest): Promise<DeviceAct> {
    const nonce = await read<bigint>(this.contract, "deviceNonce", tokenId);
    return {
      domain: "touchmarkDomain",
      struct: "claimDevice",
      value: { tokenId, owner, nonce, deadline },
      method: "claimDevice",
      args: [{ tokenId, owner, deadline }],
      event: "AftermarketDeviceClaimed",
    };
  }

  async pair(request: PairRequest): Promise<DeviceAct> {
    return await this.#pairing("pairDevice", "AftermarketDevicePaired", request);
  }

  async unpair(request: PairRequest): Promise<DeviceAct> {
    return await this.#pairing("unpairDevice", "AftermarketDeviceUnpaired", request);
  }

  async #pairing(
    struct: "pairDevice" | "unpairDevice",
    event: string,
    { tokenId, vehicleId, deadline }: PairRequest,
  ): Promise<DeviceAct> {
    const nonce = await read<bigint>(this.contract, "deviceNonce", tokenId);
    return {
      domain: "touchmarkDomain",
      struct,
      value: { tokenId, vehicleId, nonce, deadline },
      method: struct,
      args: [{ tokenId, vehicleId, deadline }],
      event,
    };
  }

  giveBack(tokenId: bigint): DeviceCall {
    return { contract: this.contract, method: "returnDevice", args: [tokenId], event: "AftermarketDeviceUnclaimed" };
  }
}
