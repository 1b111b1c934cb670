// SPDX-License-Identifier: Apache-2.0
// An auditor's pack: what the chain says of a license, the documents it names by their hash, and a manifest over both.
import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { keccak256 } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { writeNewFolder } from "../../files.ts";
import { translated } from "../transaction.ts";
import { type HistoricEvent, historyOf } from "./history.ts";
import { type LicenseParts, readLicenseStatus } from "./license-status.ts";

export const MANIFEST = "manifest.json";

export interface EvidenceRequest {
  readonly manufacturerId: bigint;
  readonly chainId: bigint;
  readonly fromBlock: number;
  /** A folder that is not there yet. */
  readonly folder: string;
  /** Paths of reports, memoranda, statements. */
  readonly documents: readonly string[];
}

export interface Document {
  readonly file: string;
  readonly keccak256: string;
  /** Events that name it. */
  readonly namedBy: readonly string[];
}

export interface Pack {
  readonly files: number;
  readonly block: number;
  readonly documents: readonly Document[];
  /** What events name and no document is. */
  readonly missing: readonly Omit<Document, "file">[];
}

/** @throws FILE_EXISTS, FILE_MISSING, USAGE, PREFLIGHT, CHAIN_UNREACHABLE; with nothing written but by the last step */
export async function collectEvidence(parts: LicenseParts, request: EvidenceRequest): Promise<Pack> {
  const { manufacturerId, fromBlock, folder, documents: paths } = request;
  const given = await Promise.all(paths.map(readDocument));
  if (new Set(given.map(({ name }) => name)).size < given.length)
    throw new TouchmarkError("USAGE", { data: { option: "document", expected: "different file names" } });
  const status = await readLicenseStatus(parts, manufacturerId, fromBlock);
  const range = { fromBlock, toBlock: status.block };
  const events: HistoricEvent[] = [];
  for (const contract of [parts.nodes, parts.programme, parts.board, parts.registry])
    events.push(...(await historyOf(contract, [], manufacturerId, range)));
  events.sort((a, b) => a.block - b.block || a.index - b.index);
  const head = await headOf(parts, status.block);
  const named = namedHashes(events);
  const documents = given.map(({ name, bytes }) => {
    const hash = keccak256(bytes);
    return { file: `documents/${name}`, keccak256: hash, namedBy: named.get(hash) ?? [] };
  });
  const hashes = documents.map((each) => each.keccak256);
  const missing = [...named]
    .filter(([hash]) => !hashes.includes(hash))
    .map(([hash, namedBy]) => ({ keccak256: hash, namedBy }));

  const files = new Map<string, Uint8Array>([
    ["status.json", json(status)],
    ["events.json", json(events)],
    ["documents.json", json({ documents, missing })],
    ...given.map(({ name, bytes }) => [`documents/${name}`, bytes] as const),
  ]);
  const sums = Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));
  const { nodes, programme, board, registry } = parts;
  const addresses = {
    nodes: nodes.target,
    programme: programme.target,
    board: board.target,
    registry: registry.target,
  };
  const manifest = { chainId: request.chainId, manufacturerId, ...head, fromBlock, addresses, sha256: sums };
  writeNewFolder(folder, new Map([...files, [MANIFEST, json(manifest)]]));
  return { files: files.size, block: status.block, documents, missing };
}

/** What is wrong with a manufacturer's pack: a line for each file; none where it is whole. @throws FILE_MISSING */
export async function checkEvidence(folder: string, manufacturerId: bigint): Promise<string[]> {
  const manifest = manifestOf(await bytesOf(join(folder, MANIFEST)));
  if (manifest === undefined) return [`${MANIFEST} was changed`];
  const { sums, of } = manifest;
  const there = await filesBelow(folder);
  const another = of === `${manufacturerId}` ? [] : [`${MANIFEST} is of manufacturer ${of}`];
  const unlisted = there
    .filter((name) => name !== MANIFEST && !sums.has(name))
    .map((name) => `${name} is not in the manifest`);
  const wrong = [...another, ...unlisted];
  for (const [name, sum] of sums) {
    if (!there.includes(name)) wrong.push(`${name} is missing`);
    else if (sha256(await bytesOf(join(folder, name))) !== sum) wrong.push(`${name} was changed`);
  }
  return wrong;
}

// Of events, the fields that are the Keccak-256 of a document.
const HASHES = ["evidence", "documentHash", "statement"];

function namedHashes(events: readonly HistoricEvent[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const { event, block, args } of events)
    for (const field of HASHES) {
      const hash = args[field];
      if (typeof hash === "string") named.set(hash, [...(named.get(hash) ?? []), `${event} in block ${block}`]);
    }
  return named;
}

async function headOf({ programme }: LicenseParts, number: number) {
  const block = await translated(async () => await programme.runner?.provider?.getBlock(number), programme.interface);
  if (!block?.hash) throw new TouchmarkError("CHAIN_UNREACHABLE");
  return { block: number, blockHash: block.hash, time: block.timestamp };
}

async function readDocument(path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  return { name: basename(path), bytes: await bytesOf(path) };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: unknown) => {
    throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
  });
}

/** Regular files below a folder; a link is none, so that a pack cannot point outside. */
async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const stats = await Promise.all(names.map(async (name) => ({ name, stat: await lstat(join(folder, name)) })));
  return stats
    .filter(({ stat }) => !stat.isDirectory())
    .map(({ name, stat }) => (stat.isFile() ? name : `${name} (no file)`));
}

interface Manifest {
  /** SHA-256, hexadecimal, by file. */
  readonly sums: Map<string, string>;
  /** The manufacturer's id, decimal. */
  readonly of: string;
}

/** Undefined for what collecting does not write, to the byte. */
function manifestOf(bytes: Uint8Array): Manifest | undefined {
  let value: { readonly sha256?: unknown; readonly manufacturerId?: unknown } | null;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8")) as typeof value;
  } catch {
    return undefined;
  }
  const sums = value?.sha256;
  if (typeof sums !== "object" || sums === null || Buffer.compare(json(value), bytes) !== 0) return undefined;
  const entries = Object.entries(sums);
  const plain = entries.every(
    ([name, sum]) => !/(^|\/)\.\.(\/|$)|^\//.test(name) && /^[0-9a-f]{64}$/.test(String(sum)),
  );
  if (entries.length === 0 || !plain) return undefined;
  return { sums: new Map(entries as [string, string][]), of: String(value?.manufacturerId) };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function json(value: unknown): Uint8Array {
  return Buffer.from(
    `${JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? `${each}` : each), 2)}\n`,
  );
}
