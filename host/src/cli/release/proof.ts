// SPDX-License-Identifier: Apache-2.0
// What proving verbs share: the unit, its root, the nodes and the witnesses.
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { type UnitState, unitStateFromJson } from "../../protocol/messages/unit-state.ts";
import type { TrustStatement } from "../../protocol/trust-statement.ts";
import { applyTrustStatements } from "../../verify/trust-statements.ts";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import { HttpWitness } from "../../witness/http-witness.ts";
import { LocalWitness, type WitnessSource } from "../../witness/witness.ts";
import type { ProofSources } from "../../witness/witnessed-header.ts";
import { readCertificate, readForm } from "../files.ts";
import type { Io } from "../io.ts";
import { hexBytes, positiveNumber, UINT64_MAX, wholeNumber } from "../numbers.ts";
import { openKeyOf, type PassphraseArguments, passphraseArguments } from "../passphrase.ts";
import { openRecord } from "../witness/open-record.ts";

export interface UnitArguments {
  readonly state: string;
  readonly root: string;
  readonly challenge: string | undefined;
}

export interface SourceArguments extends PassphraseArguments {
  readonly rpc: string[];
  readonly witness: string[];
  readonly "witness-key": string[];
  readonly "witness-record": string | undefined;
  readonly "witness-granularity": string;
  readonly "witness-max-age": string;
}

export type ProofArguments = UnitArguments & SourceArguments;

export function unitArguments<T>(yargs: Argv<T>): Argv<T & UnitArguments> {
  return yargs
    .option("state", { type: "string", demandOption: true, describe: "As touchmark device state writes it" })
    .option("root", { type: "string", demandOption: true, describe: "Root certificate, PEM or DER" })
    .option("challenge", { type: "string", describe: "The unit's challenge, hexadecimal" });
}

export function proofArguments<T>(yargs: Argv<T>): Argv<T & ProofArguments> {
  return sourceArguments(unitArguments(yargs));
}

export function sourceArguments<T>(yargs: Argv<T>): Argv<T & SourceArguments> {
  return passphraseArguments(yargs)
    .option("rpc", {
      type: "string",
      array: true,
      demandOption: true,
      describe: "Nodes; all must serve the same block",
    })
    .option("witness", { type: "string", array: true, default: [], describe: "URLs of witness services" })
    .option("witness-key", { type: "string", array: true, default: [], describe: "Keys of witnesses run here" })
    .option("witness-record", {
      type: "string",
      describe: "Records of the witnesses run here, one made by witness init for each: PATH.ADDRESS",
    })
    .option("witness-granularity", { type: "string", default: "1", describe: "Blocks between those that they choose" })
    .option("witness-max-age", {
      type: "string",
      default: "3600",
      describe: "Seconds beyond which they vouch for no block: the node lags; 0: not asked",
    });
}

export interface ProvedUnit {
  readonly state: UnitState;
  /** DER. */
  readonly root: Uint8Array;
  readonly challenge?: Uint8Array;
}

export async function readUnit(args: UnitArguments): Promise<ProvedUnit> {
  const challenge = args.challenge === undefined ? {} : { challenge: hexBytes("challenge", args.challenge, 32) };
  const state = await readForm(args.state, unitStateFromJson);
  return { state, root: await readCertificate(args.root), ...challenge };
}

/** Opens nodes and witnesses, and closes what it opened. */
export async function withSources<T>(
  args: SourceArguments,
  { state, root }: Pick<ProvedUnit, "state" | "root">,
  statements: readonly TrustStatement[],
  io: Io,
  use: (sources: ProofSources) => Promise<T>,
): Promise<T> {
  requireRecord(args);
  using opened = new DisposableStack();
  const { chainId, epoch } = applyTrustStatements({ trust: state.trust, root }, statements).trust;
  const nodes = args.rpc.map((url) => new EthereumNode(url));
  const witnesses: WitnessSource[] = args.witness.map((url) => new HttpWitness(url));
  const [node] = nodes;
  const granularity = positiveNumber("witness-granularity", args["witness-granularity"], UINT64_MAX);
  const maxAge = wholeNumber("witness-max-age", args["witness-max-age"], UINT64_MAX);
  for (const reference of node === undefined ? [] : args["witness-key"]) {
    const signer = opened.use(await openKeyOf(args, reference, io));
    const record = opened.use(openRecord(`${args["witness-record"]}.${signer.address}`));
    const policy = { chainId, epoch, granularity, minAge: 0n, maxAge };
    if (node !== undefined) witnesses.push(new LocalWitness({ node, signer, record, policy }));
  }
  return await use({ nodes, witnesses });
}

function requireRecord(args: SourceArguments): void {
  if (args["witness-key"].length > 0 && args["witness-record"] === undefined)
    throw new TouchmarkError("USAGE", { data: { missing: "witness-record" } });
}
