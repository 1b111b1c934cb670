// SPDX-License-Identifier: Apache-2.0
// An execution-layer block header, read by position: what the verifier needs stands at the same place in every fork,
// the rest only has to be well-formed and is hashed. protocol/chain.md, check 3.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { fromHex } from "./bytes.ts";
import { chain, limits } from "./generated.ts";
import { encodeRlp, integerBytes, type RlpSpan, readRlpItems, rlpInteger } from "./rlp.ts";

/** `number` and `timestamp` (unix seconds) are below 2^48. */
export interface BlockHeader {
  readonly hash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly number: bigint;
  readonly timestamp: bigint;
}

const INTEGER_BYTES_MAX = 6;
/** Of number and timestamp. */
export const HEADER_INTEGER_MAX = 2n ** BigInt(8 * INTEGER_BYTES_MAX) - 1n;

/** HEADER_MALFORMED unless `rlp` is one header and nothing else. */
export function decodeBlockHeader(rlp: Uint8Array): BlockHeader {
  try {
    return decode(rlp);
  } catch (cause) {
    throw new TouchmarkError("HEADER_MALFORMED", { cause });
  }
}

function decode(rlp: Uint8Array): BlockHeader {
  if (rlp.length > limits.headerBytes) throw new RangeError("longer than a header may be");
  const fields = readRlpItems(rlp);
  if (fields.length < limits.headerFieldsMin || fields.length > limits.headerFieldsMax) throw new RangeError("fields");
  if (fields.some((field) => field.isList)) throw new RangeError("a list among the fields");
  const stateRoot = fields[chain.headerField.stateRoot]?.payload ?? new Uint8Array();
  if (stateRoot.length !== 32) throw new RangeError("stateRoot");
  return {
    hash: keccak_256(rlp),
    stateRoot,
    number: integer(fields[chain.headerField.number]),
    timestamp: integer(fields[chain.headerField.timestamp]),
  };
}

function integer(field: RlpSpan | undefined): bigint {
  if (field === undefined || field.payload.length > INTEGER_BYTES_MAX) throw new RangeError("an integer's length");
  return rlpInteger(field.payload);
}

/**
 * A header as a node's JSON-RPC gives it (`eth_getBlockByNumber`), back to the RLP that its hash is over. The optional
 * tail follows the forks: a field counts only if all before it are there.
 */
export function encodeRpcHeader(block: Readonly<Record<string, unknown>>): Uint8Array {
  const fields = HEADER_FIELDS.map((field) => encodeField(block, field));
  for (const field of TAIL_FIELDS) {
    if (block[field.name] === undefined || block[field.name] === null) break;
    fields.push(encodeField(block, field));
  }
  return encodeRlp(fields);
}

interface HeaderField {
  readonly name: string;
  readonly kind: "bytes" | "integer";
}

const bytes = (name: string): HeaderField => ({ name, kind: "bytes" });
const integers = (name: string): HeaderField => ({ name, kind: "integer" });

// Yellow paper, section 4.4.3.
const HEADER_FIELDS: readonly HeaderField[] = [
  bytes("parentHash"),
  bytes("sha3Uncles"),
  bytes("miner"),
  bytes("stateRoot"),
  bytes("transactionsRoot"),
  bytes("receiptsRoot"),
  bytes("logsBloom"),
  integers("difficulty"),
  integers("number"),
  integers("gasLimit"),
  integers("gasUsed"),
  integers("timestamp"),
  bytes("extraData"),
  bytes("mixHash"),
  bytes("nonce"),
];

// EIP-1559, EIP-4895, EIP-4844 (two), EIP-4788, EIP-7685, EIP-7928, EIP-7843.
const TAIL_FIELDS: readonly HeaderField[] = [
  integers("baseFeePerGas"),
  bytes("withdrawalsRoot"),
  integers("blobGasUsed"),
  integers("excessBlobGas"),
  bytes("parentBeaconBlockRoot"),
  bytes("requestsHash"),
  bytes("blockAccessListHash"),
  integers("slotNumber"),
];

const FORM = { bytes: /^0x([0-9a-f]{2})*$/i, integer: /^0x[0-9a-f]+$/i } as const;

function encodeField(block: Readonly<Record<string, unknown>>, { name, kind }: HeaderField): Uint8Array {
  const value = block[name];
  if (typeof value !== "string" || !FORM[kind].test(value)) {
    throw new TouchmarkError("HEADER_MALFORMED", { data: { field: name } });
  }
  return kind === "integer" ? integerBytes(BigInt(value)) : fromHex(value);
}
