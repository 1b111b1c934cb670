// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/lab/batches.ts` writes protocol/vectors/batch/*.json with ethers' ABI coder, which shares
// nothing with the host's encoder or the contract's.
import { writeFileSync } from "node:fs";
import { AbiCoder, concat, getAddress, id, keccak256, toBeHex, ZeroHash } from "ethers";

interface Leaf {
  readonly chainId: number;
  readonly registry: string;
  readonly manufacturerId: number;
  readonly batchId: number;
  readonly index: number;
  readonly address: string;
  readonly certificateHash: string;
  readonly mintingRecordHash: string;
  readonly saltedSerialHash: string;
}

const TYPES = [
  "bytes32",
  "uint256",
  "address",
  "uint256",
  "uint256",
  "uint256",
  "address",
  "bytes32",
  "bytes32",
  "bytes32",
];
const DOMAIN = id("touchmark/device-leaf/v1");
const folder = new URL("../batch/", import.meta.url);
const address = (n: number): string => getAddress(toBeHex(BigInt(id(`address ${n}`)) >> 96n, 20));
const pair = (left: string, right: string): string => keccak256(concat([left, right]));

const base: Leaf = {
  chainId: 31337,
  registry: address(0),
  manufacturerId: 7,
  batchId: 2026,
  index: 0,
  address: address(1),
  certificateHash: id("certificate"),
  mintingRecordHash: id("minting record"),
  saltedSerialHash: id("salted serial"),
};

const hashed = (leaf: Leaf): string =>
  keccak256(keccak256(AbiCoder.defaultAbiCoder().encode(TYPES, [DOMAIN, ...Object.values(leaf)])));

const leafCases: [title: string, change: Partial<Leaf>][] = [
  ["as it is", {}],
  ["another chain", { chainId: 137 }],
  ["another registry", { registry: address(2) }],
  ["another manufacturer", { manufacturerId: 8 }],
  ["another batch", { batchId: 2027 }],
  ["another index", { index: 1048575 }],
  ["another unit", { address: address(3) }],
  ["another certificate", { certificateHash: id("another certificate") }],
  ["another minting record", { mintingRecordHash: ZeroHash }],
  ["another serial", { saltedSerialHash: id("another serial") }],
];

/** Levels of the tree, leaves first, each of a power of two, filled with zero. */
function levelsOf(leaves: string[]): string[][] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level))
    level = level.flatMap((left, at) => (at % 2 ? [] : [pair(left, level[at + 1] ?? ZeroHash)]));
  return levels;
}

interface Proof {
  readonly root: string;
  readonly count: number;
  readonly index: number;
  readonly leaf: string;
  readonly proof: string[];
}

function proofOf(count: number, index: number): Proof {
  const leaves = Array.from({ length: count }, (_, at) => hashed({ ...base, index: at, address: address(100 + at) }));
  const levels = levelsOf(leaves);
  const proof = levels.slice(0, -1).map((level, depth) => level[(index >> depth) ^ 1] ?? ZeroHash);
  return { root: levels.at(-1)?.[0] ?? "", count, index, leaf: leaves[index] ?? ZeroHash, proof };
}

const good = [
  [1, 0],
  [2, 0],
  [2, 1],
  [3, 2],
  [5, 4],
  [8, 3],
  [100, 99],
  [100, 64],
  [1000, 999],
] as const;
const five = proofOf(5, 4);
const eight = proofOf(8, 3);
const [first = "", second = "", third = ""] = eight.proof;

const proofCases: [title: string, expect: string, proof: Proof][] = [
  ...good.map(([count, index]): [string, string, Proof] => [`${index} of ${count}`, "OK", proofOf(count, index)]),
  [
    "C12 an index beyond the count, at the zero that fills the level",
    "BatchIndex",
    { ...five, index: 5, leaf: ZeroHash, proof: [five.leaf, ...five.proof.slice(1)] },
  ],
  [
    "C12 an inner node as a leaf",
    "BatchProofLength",
    { ...eight, leaf: pair(first, eight.leaf), index: 1, proof: [second, third] },
  ],
  [
    "C12 an inner node as a leaf, with the depth made up by a zero",
    "BatchProofInvalid",
    { ...eight, leaf: pair(first, eight.leaf), index: 1, proof: [second, third, ZeroHash] },
  ],
  ["a sibling too many", "BatchProofLength", { ...eight, proof: [...eight.proof, ZeroHash] }],
  ["the other side of the pair", "BatchProofInvalid", { ...eight, index: 2 }],
  ["the proof of another index", "BatchProofInvalid", { ...eight, index: 4 }],
  ["siblings in another order", "BatchProofInvalid", { ...eight, proof: [second, first, third] }],
  ["another leaf", "BatchProofInvalid", { ...eight, leaf: hashed(base) }],
  ["another root", "BatchProofInvalid", { ...eight, root: eight.leaf }],
];

const file = (about: string, cases: object[]): string =>
  `{\n  "about": ${JSON.stringify(about)},\n  "cases": [\n${cases.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n")}\n  ]\n}\n`;

writeFileSync(
  new URL("leaf.json", folder),
  file(
    "Leaves of a batch (protocol/words.md).",
    leafCases.map(([title, change]) => ({
      title,
      expect: "OK",
      ...base,
      ...change,
      leaf: hashed({ ...base, ...change }),
    })),
  ),
);
writeFileSync(
  new URL("proof.json", folder),
  file(
    "Proofs of a leaf in a batch; expect is OK or the registry's error.",
    proofCases.map(([title, expect, proof]) => ({ title, expect, ...proof })),
  ),
);
