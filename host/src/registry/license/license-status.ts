// SPDX-License-Identifier: Apache-2.0
// All that the chain says of one license, read at one block.
import type { Contract } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { enums, words } from "../../protocol/generated.ts";
import { read, translated } from "../transaction.ts";
import { type Block, blockedBy } from "./blocked.ts";
import { type ModelStatus, readModels } from "./models.ts";

/** Contracts of one deployment, on a node that anybody may ask. */
export interface LicenseParts {
  readonly nodes: Contract;
  readonly programme: Contract;
  readonly board: Contract;
  readonly registry: Contract;
}

export interface AuditStatus {
  readonly kind: string;
  readonly passed: boolean;
  /** Unix seconds; 0 = never recorded. */
  readonly validUntil: bigint;
}

/** Times in unix seconds, amounts in token units. */
export interface LicenseStatus {
  readonly manufacturerId: bigint;
  readonly name: string;
  readonly owner: string;
  readonly block: number;
  readonly blockHash: string | null;
  readonly time: bigint;
  readonly life: string;
  readonly licensee: string;
  /** What the programme answers the board now. */
  readonly standing: string;
  readonly expiry: bigint;
  readonly renewalRequested: boolean;
  readonly cureUntil: bigint;
  readonly supportUntil: bigint;
  readonly formerSupportUntil: bigint;
  readonly stake: {
    readonly held: bigint;
    readonly required: bigint;
    readonly minimum: bigint;
    readonly freeAt: bigint;
  };
  readonly mou: { readonly signed: bigint; readonly inForce: bigint };
  readonly audits: readonly AuditStatus[];
  readonly models: readonly ModelStatus[];
  /** Name or id of the model that units are registered as. */
  readonly mintModel: string;
  readonly units: { readonly registered: bigint; readonly quota: bigint };
  readonly slash: {
    readonly state: string;
    readonly amount: bigint;
    readonly reason: string;
    readonly executableAt: bigint;
  };
  readonly word: {
    readonly status: string;
    readonly minSecurityVersion: number;
    readonly expiry: bigint;
    readonly otaSigner: string;
  };
  readonly pending: { readonly otaSignerAt: bigint; readonly rootAt: bigint };
  readonly blocked: readonly Block[];
}

interface License {
  readonly licensee: string;
  readonly life: bigint;
  readonly expiry: bigint;
  readonly quota: bigint;
  readonly renewalRequested: boolean;
  readonly cureUntil: bigint;
  readonly supportUntil: bigint;
  readonly formerSupportUntil: bigint;
  readonly requiredStake: bigint;
}

interface SlashRow {
  readonly state: bigint;
  readonly reason: bigint;
  readonly executableAt: bigint;
  readonly amount: bigint;
}

/**
 * @param fromBlock the models' events are looked for from here
 * @throws PREFLIGHT where there is no such node, CHAIN_UNREACHABLE, CONTRACT_SILENT
 */
export async function readLicenseStatus(parts: LicenseParts, id: bigint, fromBlock = 0): Promise<LicenseStatus> {
  const { nodes, programme, board, registry } = parts;
  const newest = await translated(
    async () => await programme.runner?.provider?.getBlock("latest"),
    programme.interface,
  );
  if (!newest) throw new TouchmarkError("CHAIN_UNREACHABLE");
  const at = { blockTag: newest.number };
  const ask = <T>(contract: Contract, method: string, ...args: readonly unknown[]): Promise<T> =>
    read<T>(contract, method, ...args, at);

  const name = await ask<string>(nodes, "getManufacturerNameById", id);
  if (name === "") throw new TouchmarkError("PREFLIGHT", { data: { missing: `no manufacturer ${id}` } });
  const license = await ask<License>(programme, "licenseOf", id);
  const [status, expiry, owner] = await ask<[bigint, bigint, string]>(programme, "standing", id);
  const staker = BigInt(license.licensee) === 0n ? owner : license.licensee;
  const [inForce] = await ask<[bigint]>(programme, "mou");
  const audits = await Promise.all(
    Object.entries(enums.auditKind).map(async ([kind, number]) => {
      const { passed, validUntil } = await ask<AuditStatus>(programme, "auditOf", id, number);
      return { kind, passed, validUntil };
    }),
  );
  const models = await readModels(programme, id, { fromBlock, toBlock: newest.number });
  const mintModel = await ask<string>(registry, "mintModel", id);
  const slash = await ask<SlashRow>(programme, "slashOf", id);
  const word = await ask<bigint>(board, "license", id);
  const [, otaSignerAt] = await ask<[string, bigint]>(board, "pendingOtaSigner", id);
  const [, rootAt] = await ask<[string, bigint]>(board, "pendingRoot", id);
  const facts = {
    manufacturerId: id,
    name,
    owner,
    block: newest.number,
    blockHash: newest.hash,
    time: BigInt(newest.timestamp),
    life: nameOf(enums.life, license.life),
    licensee: license.licensee,
    standing: nameOf(words.licenseStatus, status),
    expiry,
    renewalRequested: license.renewalRequested,
    cureUntil: license.cureUntil,
    supportUntil: license.supportUntil,
    formerSupportUntil: license.formerSupportUntil,
    stake: {
      held: await ask<bigint>(programme, "stakeOf", id, staker),
      required: license.requiredStake,
      minimum: await ask<bigint>(programme, "minStakeAmount"),
      freeAt: await ask<bigint>(programme, "stakeFreeAt", id, staker),
    },
    mou: { signed: await ask<bigint>(programme, "mouSignedVersion", id), inForce },
    audits,
    models,
    mintModel: models.find((model) => model.id === mintModel)?.name ?? (BigInt(mintModel) === 0n ? "" : mintModel),
    units: { registered: await ask<bigint>(registry, "unitsRegistered", id), quota: license.quota },
    slash: {
      state: nameOf(enums.slashState, slash.state),
      amount: slash.amount,
      reason: nameOf(enums.reason, slash.reason),
      executableAt: slash.executableAt,
    },
    word: fieldsOf(word),
    pending: { otaSignerAt, rootAt },
  };
  return { ...facts, blocked: blockedBy(facts) };
}

/** layout(1) | status(1) | minSecurityVersion(4) | expiry(6) | otaSigner(20), protocol/words.md. */
function fieldsOf(word: bigint): LicenseStatus["word"] {
  const bits = (at: number, width: number): bigint => (word >> BigInt(at)) & ((1n << BigInt(width)) - 1n);
  return {
    status: word === 0n ? "none" : nameOf(words.licenseStatus, bits(240, 8)),
    minSecurityVersion: Number(bits(208, 32)),
    expiry: bits(160, 48),
    otaSigner: `0x${bits(0, 160).toString(16).padStart(40, "0")}`,
  };
}

function nameOf(names: Readonly<Record<string, number>>, number: bigint): string {
  return Object.entries(names).find(([, value]) => BigInt(value) === number)?.[0] ?? `unknown (${number})`;
}
