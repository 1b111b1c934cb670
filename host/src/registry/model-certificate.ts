// SPDX-License-Identifier: Apache-2.0
// A hardware model's certificate, as the license programme behind a registry or a board has it.
import { Contract, id as keccakOf } from "ethers";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { read } from "./transaction.ts";

const ASKING = [
  "function programme() view returns (address)",
  "function source() view returns (address)",
  "function modelValidUntil(uint256 id, bytes32 model) view returns (uint48)",
];

/** Where the programme is named: by our registry as `programme`, by the board as `source`. */
export type ProgrammeOf = "programme" | "source";

/** A programme that certifies models; undefined behind DIMO's contracts, which know no such certificates. */
export async function certifyingProgramme(contract: Contract, name: ProgrammeOf): Promise<Contract | undefined> {
  const asked = new Contract(contract.target, ASKING, contract.runner);
  const address = await unlessSilent(read<string>(asked, name));
  if (address === undefined) return undefined;
  const programme = new Contract(address, ASKING, contract.runner);
  const answers = await unlessSilent(read<bigint>(programme, "modelValidUntil", 0, keccakOf("")));
  return answers === undefined ? undefined : programme;
}

/** Unix seconds; 0 = no certificate; undefined where nobody certifies models. @throws CHAIN_UNREACHABLE */
export async function modelValidUntil(
  contract: Contract,
  name: ProgrammeOf,
  manufacturerId: bigint,
  model: string,
): Promise<bigint | undefined> {
  const programme = await certifyingProgramme(contract, name);
  return programme && (await read<bigint>(programme, "modelValidUntil", manufacturerId, keccakOf(model)));
}

export interface CertifiedModel {
  readonly model: string;
  /** As modelValidUntil gives it. */
  readonly validUntil: bigint | undefined;
  /** Unix seconds. */
  readonly now: number;
}

/** @throws MODEL_NOT_CERTIFIED saying why */
export function requireCertified({ model, validUntil, now }: CertifiedModel): void {
  if (validUntil === undefined || validUntil > BigInt(now)) return;
  const why =
    validUntil === 0n ? "never certified, withdrawn, or of a former application" : "the certificate has ended";
  throw new TouchmarkError("MODEL_NOT_CERTIFIED", { data: { model, why, validUntil } });
}

async function unlessSilent<T>(answer: Promise<T>): Promise<T | undefined> {
  return await answer.catch((error: unknown) => {
    if (isTouchmarkError(error, "CONTRACT_SILENT") || isTouchmarkError(error, "TRANSACTION_REVERTED")) return undefined;
    throw error;
  });
}
