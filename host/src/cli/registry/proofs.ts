// SPDX-License-Identifier: Apache-2.0
// What verbs share that prove registrations: witnesses, and whose word says which witnesses count. No witness runs here,
// as for releases it may: on the node that is to be checked it would vouch for whatever that node says.
import type { Argv } from "yargs";
import { checkProfile } from "../../authority/check-profile.ts";
import { profiles } from "../../authority/profiles.ts";
import { TouchmarkError } from "../../errors.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { decodeCertificate } from "../../protocol/certificate.ts";
import { unitStateFromJson } from "../../protocol/messages/unit-state.ts";
import { isComplete } from "../../protocol/trust-block.ts";
import { decodeTrustStatements } from "../../protocol/trust-statement.ts";
import type { RegistryBackend } from "../../registry/backend/backend.ts";
import type { ProvedStorage } from "../../registry/proof/proved-storage.ts";
import { type ProvedBlock, provedBlock, type RegistryProofs } from "../../registry/proof/registry-proofs.ts";
import { type Anchor, requireRootHash } from "../../verify/anchor.ts";
import { applyTrustStatements } from "../../verify/trust-statements.ts";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import { HttpWitness } from "../../witness/http-witness.ts";
import { readBytes, readCertificate, readForm } from "../files.ts";
import type { RegistrySession } from "./registry-session.ts";

export interface TrustArguments {
  readonly witness?: string[] | undefined;
  readonly state?: string | undefined;
  readonly trust?: string | undefined;
}

export interface WitnessArguments extends TrustArguments {
  readonly root?: string | undefined;
}

export function witnessArguments<T>(yargs: Argv<T>): Argv<T & WitnessArguments> {
  const describe = "With --witness: root certificate; it names the registry";
  return trustArguments(yargs).option("root", { type: "string", describe });
}

/** For verbs that want a root in any case. */
export function trustArguments<T>(yargs: Argv<T>): Argv<T & TrustArguments> {
  return yargs
    .option("witness", {
      type: "string",
      array: true,
      describe: "URLs of witness services: prove it at a block that they vouch for, whatever the node says",
    })
    .option("state", { type: "string", describe: "With --witness: a unit's, as touchmark device state writes it" })
    .option("trust", { type: "string", describe: "With --witness: trust statements since that state" });
}

/**
 * Undefined where nothing is to be proved.
 * @param others nodes that have to serve the same block
 * @throws USAGE, PREFLIGHT for DIMO's registry, FILE_*, TRUST_*, ROOT_MISMATCH, CERT_*
 */
export async function proofsOf(
  args: WitnessArguments,
  { backend, deployment, rpc }: RegistrySession,
  others: readonly string[] = [],
): Promise<RegistryProofs | undefined> {
  const { witness = [], state, root } = args;
  if (witness.length === 0) {
    if (state !== undefined || args.trust !== undefined) throw missing("witness");
    return undefined;
  }
  requireProvable(backend);
  if (state === undefined || root === undefined) throw missing(state === undefined ? "state" : "root");
  const anchor = await anchorOf(state, root, args.trust);
  const { trust } = anchor;
  const registry = registryOf(anchor, String(backend.contract.target));
  if (trust.chainId !== deployment.chainId)
    throw new TouchmarkError("USAGE", { data: { chainId: `${trust.chainId}`, expected: `${deployment.chainId}` } });
  const nodes = [rpc, ...others].map((url) => new EthereumNode(url));
  return { trust, registry, sources: { nodes, witnesses: witness.map((url) => new HttpWitness(url)) } };
}

/** DIMO's registry is not. @throws PREFLIGHT */
export function requireProvable({ name }: RegistryBackend): void {
  if (name === "touchmark") return;
  const remedy = "DIMO may move its storage: ask another node, --second-rpc";
  throw new TouchmarkError("PREFLIGHT", { data: { missing: "a storage layout that is ours to prove", remedy } });
}

/** At which block something was proved, by the clock of this machine. */
export const provedAt = (storage: ProvedStorage, proofs: RegistryProofs): ProvedBlock =>
  provedBlock(storage, proofs, BigInt(Math.floor(Date.now() / 1000)));

export const provedLine = ({ block, age, witnesses }: ProvedBlock): string =>
  `proved at block ${block}, ${age} s old, that ${witnesses} witnesses vouch for`;

async function anchorOf(state: string, root: string, statements: string | undefined): Promise<Anchor> {
  const { trust } = await readForm(state, unitStateFromJson);
  const start = { trust, root: await readCertificate(root) };
  if (isComplete(trust)) requireRootHash(start);
  return statements === undefined
    ? start
    : applyTrustStatements(start, decodeTrustStatements(await readBytes(statements)));
}

// Units sign for the registry that their root names (decision 23): another one in chain.json is a mistake, or worse.
function registryOf({ root }: Anchor, given: string): Uint8Array {
  const { registry } = checkProfile(profiles.root, decodeCertificate(root));
  if (registry !== undefined && registry !== given.toLowerCase())
    throw new TouchmarkError("USAGE", { data: { registry: given, expected: registry } });
  return fromHex(given);
}

const missing = (option: string): TouchmarkError => new TouchmarkError("USAGE", { data: { missing: option } });
