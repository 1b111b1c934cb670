// SPDX-License-Identifier: Apache-2.0
// Registering a list by its journal: what `register` and `batch` share.
import { parseUnits } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { type BatchClient, type BatchProgress, defaultTerms } from "../../registry/batch/client.ts";
import { BatchJournal } from "../../registry/batch/journal.ts";
import { registerBatch } from "../../registry/batch/register-batch.ts";
import type { RegistrableUnit } from "../../registry/register.ts";
import { type AccountArguments, accountArguments } from "../chain.ts";
import type { Io } from "../io.ts";
import { wholeNumber } from "../numbers.ts";
import type { Result } from "../verb.ts";
import { proofsOf, provedLine, type WitnessArguments, witnessArguments } from "./proofs.ts";
import { type RegistryArguments, type RegistrySession, registryArguments, withRegistry } from "./registry-session.ts";

export interface ListArguments extends AccountArguments, RegistryArguments, WitnessArguments {
  readonly id: string;
  readonly journal: string;
  readonly depth: string;
  readonly "max-fee": string;
  readonly "second-rpc"?: string | undefined;
}

export function listArguments(yargs: Argv): Argv<ListArguments> {
  return witnessArguments(registryArguments(accountArguments(yargs)))
    .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
    .option("model", { type: "string", describe: "With dimo: ask for this model's certificate in our programme" })
    .option("journal", { type: "string", default: "registry.sqlite", describe: "What was signed; keep it" })
    .option("depth", {
      type: "string",
      default: `${defaultTerms.depth}`,
      describe: "Blocks until one is final; 1 on a chain that makes blocks only when something is sent",
    })
    .option("second-rpc", { type: "string", describe: "URL of another node, which has to say the same in the end" })
    .option("max-fee", { type: "string", default: "500", describe: "Most gwei for one gas" });
}

export async function registerList(args: ListArguments, io: Io, units: readonly RegistrableUnit[]): Promise<Result> {
  const manufacturerId = wholeNumber("id", args.id);
  const depth = Number(wholeNumber("depth", args.depth));
  if (depth < 1) throw new TouchmarkError("USAGE", { data: { option: "depth", expected: "1 or more" } });
  const maxFeePerGas = parseUnits(`${wholeNumber("max-fee", args["max-fee"])}`, "gwei");
  return await withOthers(args, io, async ({ backend, account, deployment: { chainId } }, others) => {
    if (account === undefined) throw new TouchmarkError("USAGE", { data: { missing: "key" } });
    using journal = new BatchJournal(args.journal);
    const terms = { ...defaultTerms, depth, maxFeePerGas };
    const onProgress = (progress: BatchProgress): void => {
      io.say(`${progress.step}  ${progress.units} units  ${whereOf(progress)}`);
    };
    const client = { ...others, backend, manufacturerId, account, chainId, journal, terms, onProgress };
    const { registered, rejected, proof } = await registerBatch(client, units);
    const refusals = rejected.map(({ unit, reason }) => ({ ...unit, code: reason.code, ...reason.data }));
    const lines = [
      ...registered.map(({ address, tokenId }) => `${address}  ${tokenId}`),
      ...refusals.map(({ address, serial, code }) => `refused  ${address}  ${serial}  ${code}`),
      `${registered.length} registered, ${rejected.length} refused`,
    ];
    return {
      json: { registered, rejected: refusals, ...(proof && { proof }) },
      text: [...lines, ...(proof ? [provedLine(proof)] : [])].join("\n"),
      refused: rejected.length > 0,
    };
  });
}

function whereOf(progress: BatchProgress): string {
  if ("blocks" in progress) return `${progress.blocks} of --depth ${progress.depth} blocks`;
  return "block" in progress ? `block ${progress.block}` : (progress.hash ?? "");
}

/** Who else has a word, beside the node: another node, witnesses. */
type Others = Pick<BatchClient, "second" | "proofs">;

async function withOthers<T>(
  args: ListArguments,
  io: Io,
  use: (session: RegistrySession, others: Others) => Promise<T>,
): Promise<T> {
  const { "second-rpc": rpc, key: _key, ...rest } = args;
  return await withRegistry(args, io, async (session) => {
    const proofs = await proofsOf(args, session, rpc === undefined ? [] : [rpc]);
    const others = proofs === undefined ? {} : { proofs };
    if (rpc === undefined) return await use(session, others);
    return await withRegistry({ ...rest, rpc }, io, ({ backend: second }) => use(session, { ...others, second }));
  });
}
