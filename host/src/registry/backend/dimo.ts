// SPDX-License-Identifier: Apache-2.0
// DIMO's registry: a router of selectors, under DIMO's license. It sees no batch roots, no quota and no model.
import { Contract, id as keccakOf } from "ethers";
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
import { dimoCreditAbi, dimoStakeAbi } from "./dimo-abi.ts";
import { mintPrivilege } from "./privilege.ts";

/** A device mints at 159,000 gas in a batch: 100 of them fit under a transaction's cap of 2^24. */
const LONGEST_BATCH = 100;

const MINT_OPERATION = keccakOf("MINT_AD_OPERATION");

/** A model's certificate in our own programme, where there is one. */
export interface HardwareCertificate {
  readonly programme: Contract;
  /** keccak256 of the model's name. */
  readonly model: string;
}

export interface DimoParts {
  /** DIMORegistry, connected to whoever calls. */
  readonly registry: Contract;
  /** ManufacturerId. */
  readonly nodes: Contract;
  /** AftermarketDeviceId. */
  readonly tokens: Contract;
  readonly certificate?: HardwareCertificate;
}

export class DimoBackend implements RegistryBackend {
  readonly name = "dimo";
  readonly contract: Contract;
  readonly devices: string;
  readonly nodes: Contract;
  readonly tokens: Contract;
  readonly #certificate: HardwareCertificate | undefined;

  constructor({ registry, nodes, tokens, certificate }: DimoParts) {
    this.contract = registry;
    this.devices = String(tokens.target);
    this.nodes = nodes;
    this.tokens = tokens;
    this.#certificate = certificate;
  }

  async longestBatch(): Promise<number> {
    return LONGEST_BATCH;
  }

  async requirements(request: RegistrationRequest): Promise<Requirement[]> {
    const { manufacturerId, account } = request;
    const owner = await read<string>(this.nodes, "ownerOf", manufacturerId);
    return [
      await mintPrivilege(this.nodes, { manufacturerId, account, owner }),
      await this.#license(owner),
      await this.#hardware(request),
      await this.#credit(request),
      { what: "quota", met: undefined, data: { note: "DIMO's registry has none" } },
      await this.#approval(owner),
    ];
  }

  /** The caller is the owner. The message has neither nonce nor end: after a return it works again. */
  async claim({ tokenId, owner }: ClaimRequest): Promise<DeviceAct> {
    return {
      domain: "dimoDomain",
      struct: "claimAftermarketDevice",
      value: { aftermarketDeviceNode: tokenId, owner },
      method: "claimAftermarketDevice",
      args: [tokenId],
      event: "AftermarketDeviceClaimed",
    };
  }

  async pair({ tokenId, vehicleId }: PairRequest): Promise<DeviceAct> {
    return {
      domain: "dimoDomain",
      struct: "pairAftermarketDevice",
      value: { aftermarketDeviceNode: tokenId, vehicleNode: vehicleId },
      method: "pairAftermarketDeviceWithAdSig",
      args: [tokenId, vehicleId],
      event: "AftermarketDevicePaired",
    };
  }

  giveBack(tokenId: bigint): DeviceCall {
    const [contract, emitter] = [this.tokens, this.contract];
    return { contract, method: "returnToManufacturer", args: [tokenId], event: "AftermarketDeviceUnclaimed", emitter };
  }

  // Stake that is withdrawn leaves the license; a license that is revoked stops minting, and nothing else.
  async #license(owner: string): Promise<Requirement> {
    const stake = new Contract(await read<string>(this.contract, "getManufacturerLicense"), dimoStakeAbi, this.#runner);
    const held = await read<bigint>(stake, "balanceOf", owner);
    const staked = await read<bigint>(stake, "stakedBalanceOf", owner);
    const minimum = await read<bigint>(stake, "minStakeAmount");
    const data = {
      stake: String(stake.target),
      owner,
      licenses: `${held}`,
      staked: `${staked}`,
      minimum: `${minimum}`,
    };
    return { what: "license in force", met: held > 0n, data };
  }

  async #hardware({ manufacturerId, now }: RegistrationRequest): Promise<Requirement> {
    const what = "hardware certificate";
    if (this.#certificate === undefined)
      return {
        what,
        met: undefined,
        data: { note: "DIMO's registry asks for none; --model holds it against our programme" },
      };
    const { programme, model } = this.#certificate;
    const terms = await read<{ readonly modelValidUntil: bigint }>(
      programme,
      "registrationTerms",
      manufacturerId,
      model,
    );
    const data = { model, validUntil: `${terms.modelValidUntil}` };
    return { what, met: terms.modelValidUntil > now, data, code: "MODEL_NOT_CERTIFIED" };
  }

  // Burned from the caller, not from the node's owner; too little is an arithmetic panic there.
  async #credit({ account, count }: RegistrationRequest): Promise<Requirement> {
    const credit = new Contract(await read<string>(this.contract, "getDimoCredit"), dimoCreditAbi, this.#runner);
    const held = await read<bigint>(credit, "balanceOf", account);
    const cost = await read<bigint>(this.contract, "getDcxOperationCost", MINT_OPERATION);
    const needed = cost * BigInt(count);
    const data = { credit: String(credit.target), account, held: `${held}`, each: `${cost}`, needed: `${needed}` };
    return { what: "credit", met: held >= needed, data };
  }

  async #approval(owner: string): Promise<Requirement> {
    const operator = String(this.contract.target);
    const met = await read<boolean>(this.tokens, "isApprovedForAll", owner, operator);
    return { what: "approval", met, data: { owner, operator, remedy: "registry approve" }, forClaims: true };
  }

  get #runner() {
    return this.contract.runner;
  }
}
