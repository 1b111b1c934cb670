// SPDX-License-Identifier: Apache-2.0
// Random changes of DER that keep most of it well-formed, so that they reach the rules behind the parser.

/** A number in 0..below − 1. */
export type Random = (below: number) => number;

export interface DerNode {
  tag: number;
  /** Primitive contents; for an OCTET STRING that holds DER, and constructed ones, the children instead. */
  contents: Uint8Array | DerNode[];
}

/** mulberry32: small, and the same sequence for a seed everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function parseDer(bytes: Uint8Array): DerNode {
  const [node] = parseAll(bytes);
  if (!node) throw new RangeError("not DER");
  return node;
}

export function encodeNode({ tag, contents }: DerNode): Uint8Array {
  const body = contents instanceof Uint8Array ? contents : Buffer.concat(contents.map(encodeNode));
  const length = body.length;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from(Buffer.concat([Uint8Array.of(tag, ...head), body]));
}

/** Changes one place of the tree. Says what it did. */
export function mutate(root: DerNode, random: Random): string {
  const all = flatten(root).slice(1);
  const pick = (): DerNode => all[random(all.length)] ?? root;
  const node = pick();
  const changes: readonly (() => string)[] = [
    () => flip(node, random),
    () => flip(node, random),
    () => replaceContents(node, random),
    () => withSiblings(root, node, (list, at) => list.splice(at, 1), "deleted"),
    () => withSiblings(root, node, (list, at) => list.splice(at, 0, structuredClone(node)), "doubled"),
    () => withSiblings(root, node, (list, at) => list.splice(random(list.length), 0, ...list.splice(at, 1)), "moved"),
    () => retag(node, random),
    () => graft(node, pick()),
  ];
  return changes[random(changes.length)]?.() ?? "";
}

/** Other bytes of the same length in one text or OCTET STRING; text of hexadecimal digits. The form stays. */
export function mutateValue(root: DerNode, random: Random): void {
  const values = flatten(root).filter(({ tag, contents }) => contents instanceof Uint8Array && VALUES.includes(tag));
  const value = values[random(values.length)];
  if (!value) throw new RangeError("no value");
  const digit = () => "0123456789abcdef".charCodeAt(random(16));
  value.contents = bytesOf(value).map(() => (value.tag === 0x04 ? random(256) : digit()));
}

// OCTET STRING, UTF8String, PrintableString.
const VALUES = [0x04, 0x0c, 0x13];

function parseAll(bytes: Uint8Array): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0] = bytes.subarray(at);
    const size = first < 0x80 ? 0 : first & 0x7f;
    const body = at + 2 + size;
    const length = size === 0 ? first : Number.parseInt(Buffer.from(bytes.subarray(at + 2, body)).toString("hex"), 16);
    if (size > 2 || !(body + length <= bytes.length)) return [];
    const contents = bytes.slice(body, body + length);
    const inside = tag & 0x20 || tag === 0x04 ? parseAll(contents) : [];
    nodes.push({ tag, contents: inside.length > 0 ? inside : contents });
    at = body + length;
  }
  return nodes;
}

function flatten(node: DerNode): DerNode[] {
  return node.contents instanceof Uint8Array ? [node] : [node, ...node.contents.flatMap(flatten)];
}

function flip(node: DerNode, random: Random): string {
  const bytes = bytesOf(node);
  const bit = random(Math.max(8 * bytes.length, 1));
  node.contents = bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  return "bit flipped";
}

function replaceContents(node: DerNode, random: Random): string {
  const bytes = bytesOf(node);
  const choices = [
    () => new Uint8Array(),
    () => Uint8Array.of(0),
    () => Uint8Array.of(0xff),
    () => Uint8Array.of(0x7f),
    () => Uint8Array.of(...bytes, random(256)),
    () => Uint8Array.of(0, ...bytes),
    () => bytes.subarray(0, -1),
    () => bytes.map(() => random(256)),
  ];
  node.contents = choices[random(choices.length)]?.() ?? bytes;
  return "contents replaced";
}

function retag(node: DerNode, random: Random): string {
  const tags = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31, 0x80, 0x82, 0x86, 0xa0, 0xa3,
  ];
  node.tag = tags[random(tags.length)] ?? 0;
  return "tag changed";
}

function graft(node: DerNode, other: DerNode): string {
  const copy = structuredClone(other);
  node.tag = copy.tag;
  node.contents = copy.contents;
  return "grafted";
}

function withSiblings(
  root: DerNode,
  node: DerNode,
  change: (list: DerNode[], at: number) => void,
  what: string,
): string {
  for (const { contents } of flatten(root)) {
    if (contents instanceof Uint8Array) continue;
    const at = contents.indexOf(node);
    if (at >= 0) {
      change(contents, at);
      return what;
    }
  }
  return "nothing";
}

function bytesOf({ contents }: DerNode): Uint8Array {
  return contents instanceof Uint8Array ? contents : Uint8Array.from(Buffer.concat(contents.map(encodeNode)));
}
