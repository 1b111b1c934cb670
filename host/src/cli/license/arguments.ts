// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { isHexString, keccak256 } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { enums } from "../../protocol/generated.ts";
import { type AccountArguments, accountArguments } from "../chain.ts";
import { type SenderArguments, senderArguments } from "../sender.ts";

export interface NodeArguments extends AccountArguments {
  readonly id: string;
}

export interface HolderArguments extends SenderArguments {
  readonly id: string;
}

export interface EvidenceArguments {
  readonly evidence: string;
}

export type Reason = keyof typeof enums.reason;

/** An account's act on one manufacturer. */
export function nodeArguments(yargs: Argv): Argv<NodeArguments> {
  return accountArguments(idArgument(yargs));
}

/** A manufacturer's own act, whose node an account or a contract wallet holds. */
export function holderArguments(yargs: Argv): Argv<HolderArguments> {
  return senderArguments(idArgument(yargs));
}

function idArgument(yargs: Argv): Argv<{ readonly id: string }> {
  const describe = "ManufacturerID: the node's token id";
  return yargs.positional("id", { type: "string", demandOption: true, describe });
}

export function evidenceArguments<T>(yargs: Argv<T>): Argv<T & EvidenceArguments> {
  return yargs.option("evidence", {
    type: "string",
    demandOption: true,
    describe: "The report: a file, whose Keccak-256 is recorded, or that hash",
  });
}

export function reasonArguments<T>(yargs: Argv<T>): Argv<T & { readonly reason: string }> {
  const choices = Object.keys(enums.reason);
  return yargs.option("reason", { choices, default: "unspecified", describe: "Which duty was broken" });
}

export function reasonNumber(name: string): number {
  return enums.reason[name as Reason];
}

/** @throws FILE_MISSING */
export async function documentHash(source: string): Promise<string> {
  if (isHexString(source, 32)) return source;
  const bytes = await readFile(source).catch((cause: unknown) => {
    throw new TouchmarkError("FILE_MISSING", { data: { path: source }, cause });
  });
  return keccak256(bytes);
}

/** Unix seconds of a day or instant. @throws USAGE */
export function instant(option: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new TouchmarkError("USAGE", { data: { option, expected: "2027-01-31 or 2027-01-31T12:00:00Z" } });
  return Math.floor(time / 1000);
}
