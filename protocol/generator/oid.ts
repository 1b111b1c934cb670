// SPDX-License-Identifier: Apache-2.0

/** The arc of X.667: 2.25.<the UUID as one integer of 128 bits>. */
export const uuidArc = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll("-", "")}`)}`;

/** Base 128, most significant group first, all but the last with bit 8 set (X.690 8.19.2). */
function base128(value: bigint): number[] {
  const groups = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) groups.unshift(Number(rest & 0x7fn) | 0x80);
  return groups;
}

/** Contents octets of an OBJECT IDENTIFIER. Arcs may be wider than 64 bits. */
export function oidContents(oid: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = oid.split(".").map(BigInt);
  return Uint8Array.from([first * 40n + second, ...rest].flatMap(base128));
}
