// SPDX-License-Identifier: Apache-2.0
// The few reads of a node's JSON-RPC that proofs and witnesses need. What it answers is believed no further than it can
// be checked: a header has to hash to its block hash.
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { type BlockHeader, decodeBlockHeader, encodeRpcHeader } from "../protocol/block-header.ts";
import { equalBytes, fromHex, toHex } from "../protocol/bytes.ts";
import type { TrieProof } from "../protocol/trie-proof.ts";
import { readJson } from "./read-json.ts";

/** A header as hashed, and what stands in it. */
export interface EncodedHeader extends BlockHeader {
  readonly rlp: Uint8Array;
}

export interface StorageProofs {
  readonly account: TrieProof;
  /** In the order of the slots asked for. */
  readonly storage: readonly TrieProof[];
}

export type BlockTag = "latest" | "safe" | "finalized" | bigint;

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES_MAX = 16 * 2 ** 20; // a block lists the hashes of its transactions

export class EthereumNode {
  readonly #url: string;
  #requests = 0;

  /** @throws USAGE where it is no URL */
  constructor(url: string) {
    if (!URL.canParse(url)) throw new TouchmarkError("USAGE", { data: { expected: "URL of a node" } });
    this.#url = url;
  }

  /** Without path and query, where keys may stand. */
  get name(): string {
    return new URL(this.#url).origin;
  }

  /** @throws CHAIN_UNREACHABLE, CHAIN_WRONG unless the node serves this chain */
  async requireChain(chainId: bigint): Promise<void> {
    const answer = await this.#call("eth_chainId", []);
    const served = this.#read("eth_chainId", () => BigInt(String(answer)));
    if (served !== chainId) {
      throw new TouchmarkError("CHAIN_WRONG", { data: { node: this.name, served: String(served) } });
    }
  }

  /** Runs a check of what this node said: a refusal names the node, and what else is known of it. */
  named<T>(run: () => T, known: Readonly<Record<string, unknown>> = {}): T {
    try {
      return run();
    } catch (error) {
      if (!isTouchmarkError(error)) throw error;
      const data = { node: this.name, ...known, ...error.data };
      throw new TouchmarkError(error.code, { data, cause: error.cause });
    }
  }

  /** Undefined where the node has no such block. @throws CHAIN_UNREACHABLE, HEADER_MALFORMED naming the node */
  async header(tag: BlockTag): Promise<EncodedHeader | undefined> {
    const block = await this.#call("eth_getBlockByNumber", [blockParameter(tag), false]);
    if (block === null) return undefined;
    return this.named(() => hashedHeader(block as Readonly<Record<string, unknown>>));
  }

  /** @param slots 32 bytes each. @throws CHAIN_UNREACHABLE */
  async proofs(address: Uint8Array, slots: readonly Uint8Array[], block: bigint): Promise<StorageProofs> {
    const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
    const answer = await this.#call("eth_getProof", [hex(address), slots.map(hex), blockParameter(block)]);
    return this.#read("eth_getProof", () => {
      const { accountProof, storageProof } = answer as RpcProof;
      if (storageProof.length !== slots.length) throw new RangeError("proofs of other slots");
      return { account: accountProof.map(fromHex), storage: storageProof.map(({ proof }) => proof.map(fromHex)) };
    });
  }

  /** A contract's code at a block. @throws CHAIN_UNREACHABLE */
  async code(address: Uint8Array, block: bigint): Promise<Uint8Array> {
    const answer = await this.#call("eth_getCode", [`0x${toHex(address)}`, blockParameter(block)]);
    return this.#read("eth_getCode", () => fromHex(answer as string));
  }

  // An answer of another form is none.
  #read<T>(method: string, run: () => T): T {
    try {
      return run();
    } catch (cause) {
      throw this.#unreachable({ method, message: "an answer of another form" }, cause);
    }
  }

  async #call(method: string, params: readonly unknown[]): Promise<unknown> {
    const answer = await this.#post({ jsonrpc: "2.0", id: ++this.#requests, method, params });
    // Version 1 of JSON-RPC has both members always, one of them null; some servers keep to it.
    if ((answer.error ?? undefined) !== undefined || answer.result === undefined) {
      throw this.#unreachable({ method, message: answer.error?.message });
    }
    return answer.result;
  }

  async #post(body: object): Promise<RpcAnswer> {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = await readJson(response, ANSWER_BYTES_MAX);
      if (typeof answer !== "object" || answer === null) throw new TypeError("not an object");
      return answer;
    } catch (cause) {
      throw this.#unreachable({}, cause);
    }
  }

  #unreachable(data: Readonly<Record<string, unknown>>, cause?: unknown): TouchmarkError {
    return new TouchmarkError("CHAIN_UNREACHABLE", { data: { node: this.name, ...data }, cause });
  }
}

interface RpcAnswer {
  readonly result?: unknown;
  readonly error?: { readonly message?: string } | null;
}

interface RpcProof {
  readonly accountProof: readonly string[];
  readonly storageProof: readonly { readonly proof: readonly string[] }[];
}

function hashedHeader(block: Readonly<Record<string, unknown>>): EncodedHeader {
  const rlp = encodeRpcHeader(block);
  const header = decodeBlockHeader(rlp);
  const { hash } = block;
  if (hash !== `0x${toHex(header.hash)}`)
    throw new TouchmarkError("HEADER_MALFORMED", { data: { hash, hashed: toHex(header.hash) } });
  return { ...header, rlp };
}

function blockParameter(tag: BlockTag): string {
  return typeof tag === "bigint" ? `0x${tag.toString(16)}` : tag;
}

/** The header at one number, the same from every node. @throws CHAIN_DISAGREES, CHAIN_UNREACHABLE */
export async function agreedHeader(nodes: readonly EthereumNode[], number: bigint): Promise<EncodedHeader> {
  const headers = await Promise.all(nodes.map((node) => node.header(number)));
  const [first] = headers;
  const same = headers.every(
    (header) => header !== undefined && first !== undefined && equalBytes(header.hash, first.hash),
  );
  if (first === undefined || !same) {
    const answers = headers.map((header, at) => ({
      node: nodes[at]?.name,
      hash: header === undefined ? null : toHex(header.hash),
    }));
    throw new TouchmarkError("CHAIN_DISAGREES", { data: { number: String(number), answers } });
  }
  return first;
}
