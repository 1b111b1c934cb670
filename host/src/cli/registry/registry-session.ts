// SPDX-License-Identifier: Apache-2.0
// What verbs on a registry share: which of the two it is, where it stands, who calls.
import { Contract, id as keccakOf } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { dimoAddresses } from "../../registry/backend/address-book.ts";
import { type BackendName, backendNames, type RegistryBackend } from "../../registry/backend/backend.ts";
import { DimoBackend } from "../../registry/backend/dimo.ts";
import { dimoRegistryAbi } from "../../registry/backend/dimo-abi.ts";
import { discoverTokens, tokensAt } from "../../registry/backend/discover.ts";
import { probeRegistry } from "../../registry/backend/probe.ts";
import { TouchmarkBackend } from "../../registry/backend/touchmark.ts";
import { type ChainArguments, type ChainSession, withChain } from "../chain.ts";
import type { Io } from "../io.ts";
import type { PassphraseArguments } from "../passphrase.ts";

export interface RegistryArguments {
  readonly backend: string;
  readonly registry: string | undefined;
  /** Whose certificate in our programme DIMO's registration is held against. */
  readonly model?: string | undefined;
  readonly "chain-id"?: string | undefined;
}

export interface RegistrySession extends ChainSession {
  readonly backend: RegistryBackend;
}

export function registryArguments<T>(yargs: Argv<T>): Argv<T & RegistryArguments> {
  return yargs
    .option("backend", { choices: backendNames, default: "touchmark", describe: "Our registry, or DIMO's" })
    .option("registry", {
      type: "string",
      describe: "Address of DIMO's registry where chain.json and our book have none",
    })
    .option("chain-id", { type: "string", describe: "With --rpc, instead of a chain.json" });
}

export async function withRegistry<T>(
  args: ChainArguments & RegistryArguments & PassphraseArguments & { readonly key?: string | undefined },
  io: Io,
  use: (session: RegistrySession) => Promise<T>,
): Promise<T> {
  return await withChain(args, io, async (session) => {
    const open: Record<BackendName, () => Promise<RegistryBackend>> = {
      touchmark: async () => touchmark(session),
      dimo: () => dimo(session, args),
    };
    return await use({ ...session, backend: await open[args.backend as BackendName]() });
  });
}

function touchmark({ contract }: ChainSession): RegistryBackend {
  return new TouchmarkBackend({
    registry: contract("registry"),
    nodes: contract("nodes"),
    programme: contract("programme"),
  });
}

async function dimo(
  { deployment: { chainId, addresses }, runner, contract }: ChainSession,
  { registry: given, model }: RegistryArguments,
): Promise<RegistryBackend> {
  const book = dimoAddresses[`${chainId}`];
  const address = given ?? book?.registry ?? addresses.registry;
  if (address === undefined)
    throw new TouchmarkError("USAGE", { data: { missing: "registry", chainId: `${chainId}` } });
  const registry = new Contract(address, dimoRegistryAbi, runner);
  await probeRegistry(registry);
  const known = book !== undefined && book.registry.toLowerCase() === address.toLowerCase() ? book : undefined;
  const tokens = known === undefined ? await discoverTokens(registry) : await tokensAt(registry, known);
  const certificate = model === undefined ? undefined : { programme: contract("programme"), model: keccakOf(model) };
  return new DimoBackend({ registry, ...tokens, ...(certificate && { certificate }) });
}
