// SPDX-License-Identifier: Apache-2.0
// Damage by someone who holds the keys: bytes are bent where they are about to be hashed or signed, so that everything
// above them still fits, and only the check of those very bytes stands in the way.
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { encodeRlp, type RlpItem } from "../../../host/src/protocol/rlp.ts";
import { bundleOf } from "./make.ts";
import { Chance, damaged } from "./random.ts";
import { HONEST, type Scenario, type Spoil } from "./scenario.ts";
import { encodeNode, type TrieNode } from "./trie.ts";

export const places = [
  "manifest",
  "protectedHeader",
  "cose",
  "authentication",
  "certificate",
  "header",
  "account",
  "license",
  "node",
  "stateNode",
  "chain",
  "bundle",
] as const;

export type Place = (typeof places)[number];

/** An honest bundle but for one damage at this place. */
export function damagedBundle(place: Place, chance: Chance, base: Scenario = HONEST): Uint8Array {
  const bend = once((bytes) => damaged(bytes, chance));
  if (place === "certificate") {
    return bundleOf({ ...base, release: { ...base.release, certificate: bend(base.release.certificate) } });
  }
  if (place === "license") return bundleOf({ ...base, license: bend(base.license ?? new Uint8Array(32)) });
  return bundleOf({ ...base, spoil: spoilOf(place, bend, chance) });
}

function spoilOf(
  place: Exclude<Place, "certificate" | "license">,
  bend: (bytes: Uint8Array) => Uint8Array,
  chance: Chance,
): Spoil {
  const spoils: Readonly<Record<typeof place, Spoil>> = {
    manifest: { manifest: bend },
    protectedHeader: { protectedHeader: bend },
    cose: { cose: bend },
    authentication: { authentication: bend },
    header: { headerBytes: bend },
    account: { account: (fields) => bentField(fields, bend, chance) },
    node: { storageTrie: (root, key) => bentNode(root, key, bend, chance) },
    stateNode: { stateTrie: (root, key) => bentNode(root, key, bend, chance) },
    chain: { chainBytes: bend },
    bundle: { bundle: bend },
  };
  return spoils[place];
}

function bentField(fields: readonly RlpItem[], bend: (bytes: Uint8Array) => Uint8Array, chance: Chance): RlpItem {
  const at = chance.below(fields.length);
  const field = fields[at];
  return fields.with(at, field instanceof Uint8Array && field.length > 0 ? bend(field) : bend(encodeRlp(field ?? [])));
}

/** One node on the way to the key, bent; all above it hashed anew. */
function bentNode(
  node: TrieNode,
  key: readonly number[],
  bend: (bytes: Uint8Array) => Uint8Array,
  chance: Chance,
): TrieNode {
  const [nibble = 0, ...rest] = key;
  const child = node.kind === "branch" ? node.children[nibble] : undefined;
  if (node.kind !== "branch" || child === undefined || chance.below(3) === 0) {
    return { kind: "bytes", bytes: bend(encodeNode(node)) };
  }
  return { ...node, children: node.children.with(nibble, bentNode(child, rest, bend, chance)) };
}

/** The same bytes are bent the same way wherever they are asked for. */
function once(bend: (bytes: Uint8Array) => Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (bytes) => {
    const key = toHex(bytes);
    const bent = known.get(key) ?? bend(bytes);
    known.set(key, bent);
    return bent;
  };
}
