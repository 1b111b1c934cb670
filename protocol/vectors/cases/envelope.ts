// SPDX-License-Identifier: Apache-2.0
import { limits } from "../../../host/src/protocol/generated.ts";
import type { Case } from "../lab/case.ts";
import { HONEST } from "../lab/scenario.ts";
import { replaced, withSpoil, withTrust, withUnit } from "./change.ts";

const whole = (title: string, expect: Case["expect"], bundle: (bytes: Uint8Array) => Uint8Array): Case => ({
  title,
  expect,
  scenario: withSpoil({ bundle }),
});

const MALFORMED = "ENVELOPE_MALFORMED";
const hex = (text: string): string => Buffer.from(text).toString("hex");

const append = (bytes: Uint8Array, more: number[]): Uint8Array => Uint8Array.from([...bytes, ...more]);

export const envelopeCases: readonly Case[] = [
  { title: "an honest bundle", expect: "OK", scenario: HONEST },
  {
    title: "a long header of 16 fields with extraData",
    expect: "OK",
    scenario: { ...HONEST, block: { ...HONEST.block, fields: 16, extraBytes: 600 } },
  },
  {
    title: "all three witnesses",
    expect: "OK",
    scenario: { ...HONEST, witnesses: [0, 1, 2] },
  },
  { title: "a root proof without need", expect: "OK", scenario: { ...HONEST, without: [] } },
  { title: "the unit has no root", expect: "TRUST_INCOMPLETE", scenario: withTrust({ rootHash: new Uint8Array(32) }) },
  { title: "the unit has no manufacturer", expect: "TRUST_INCOMPLETE", scenario: withTrust({ manufacturerId: 0n }) },
  {
    title: "the root is another than the trust block's",
    expect: "ROOT_MISMATCH",
    scenario: withUnit({ root: HONEST.release.certificate }),
  },
  whole("D7 nothing", MALFORMED, () => new Uint8Array()),
  whole("D7 cut in the manifest", MALFORMED, (bytes) => bytes.slice(0, 700)),
  whole("D7 cut in the payload", MALFORMED, (bytes) => bytes.slice(0, -1)),
  whole("D16 a byte behind the payload", MALFORMED, (bytes) => append(bytes, [0])),
  whole("another tag", MALFORMED, (bytes) => replaced(bytes, "d86ba402", "d86aa402")),
  whole("no tag", MALFORMED, (bytes) => bytes.slice(2)),
  whole("D20 a tag in a longer head", MALFORMED, (bytes) => Uint8Array.from([0xd9, 0, ...bytes.slice(1)])),
  whole("D20 an indefinite map", MALFORMED, (bytes) => append(replaced(bytes, "d86ba402", "d86bbf02"), [0xff])),
  whole("a map of five", MALFORMED, (bytes) => append(replaced(bytes, "d86ba402", "d86ba502"), [0x19, 0xff, 0xff, 0])),
  whole("a map of three", MALFORMED, (bytes) => replaced(bytes, "d86ba402", "d86ba302")),
  whole("D20 the manifest's key twice", MALFORMED, (bytes) => replaced(bytes, "d86ba402", "d86ba403")),
  whole("another key for the chain", MALFORMED, (bytes) => replaced(bytes, hex("#chain"), hex("#chair"))),
  whole("D22 a chain key with a zero byte behind it", MALFORMED, (bytes) =>
    replaced(bytes, `66${hex("#chain")}`, `68${hex("#chain")}0000`),
  ),
  whole("another key for the payload", MALFORMED, (bytes) =>
    replaced(bytes, `${hex("#firmware")}5860`, `${hex("#firmward")}5860`),
  ),
  whole("D6 a full image under the delta's key", "DELTA_MALFORMED", (bytes) =>
    replaced(bytes, `69${hex("#firmware")}5860`, `66${hex("#delta")}5860`),
  ),
  whole("D22 a payload of 2^64 - 1 bytes", MALFORMED, (bytes) =>
    replaced(bytes, `${hex("#firmware")}5860`, `${hex("#firmware")}5bffffffffffffffff`),
  ),
  whole("D20 a payload length in a longer head", MALFORMED, (bytes) =>
    replaced(bytes, `${hex("#firmware")}5860`, `${hex("#firmware")}590060`),
  ),
  whole("a payload that is text", MALFORMED, (bytes) =>
    replaced(bytes, `${hex("#firmware")}5860`, `${hex("#firmware")}7860`),
  ),
  {
    title: "D22 an authentication wrapper above its bound",
    expect: "ENVELOPE_TOO_LARGE",
    scenario: withSpoil({ authentication: () => new Uint8Array(limits.authenticationBytes + 1) }),
  },
  {
    title: "an authentication wrapper at its bound that is none",
    expect: MALFORMED,
    scenario: withSpoil({ authentication: () => new Uint8Array(limits.authenticationBytes) }),
  },
  {
    title: "D22 a manifest above its bound",
    expect: "ENVELOPE_TOO_LARGE",
    scenario: withSpoil({ sentManifest: () => new Uint8Array(limits.manifestBytes + 1) }),
  },
  {
    title: "a suit-digest of another hash",
    expect: MALFORMED,
    scenario: withSpoil({ authentication: (bytes) => replaced(bytes, "825824822f", "825824822e") }),
  },
  {
    title: "a wrapper of three items",
    expect: MALFORMED,
    scenario: withSpoil({ authentication: (bytes) => append(Uint8Array.from([0x83, ...bytes.slice(1)]), [0]) }),
  },
];
