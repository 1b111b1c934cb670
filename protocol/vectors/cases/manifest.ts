// SPDX-License-Identifier: Apache-2.0
// The manifest's form and whom it names: protocol/bundle.md, checks 3, 4, 6 and 7.
import { concatBytes } from "../../../host/src/protocol/bytes.ts";
import { type CborInput, decode, encode } from "../../../host/src/protocol/cbor.ts";
import { limits, suit } from "../../../host/src/protocol/generated.ts";
import type { Case } from "../lab/case.ts";
import { HONEST } from "../lab/scenario.ts";
import { flipped, withLicenseBlock, withManifest, withRelease, withSpoil, withUnit } from "./change.ts";

type Sections = Map<number, CborInput>;
const { manifest: keys, command, parameter, reportingPolicy } = suit;
const MALFORMED = "MANIFEST_MALFORMED";

/** The manifest's map, changed before it is signed: what only the OTA key's holder can do. */
const sections = (title: string, expect: Case["expect"], change: (map: Sections) => void): Case => ({
  title,
  expect,
  scenario: withSpoil({
    manifest: (bytes) => {
      const map = new Map(decode(bytes) as ReadonlyMap<number, CborInput>);
      change(map);
      return encode(map);
    },
  }),
});

/** A section that is a byte string of CBOR, changed. */
function inside<T extends CborInput>(map: Sections, key: number, change: (value: T) => CborInput): void {
  map.set(key, encode(change(decode(map.get(key) as Uint8Array) as T)));
}

const install = (title: string, expect: Case["expect"], change: (items: CborInput[]) => CborInput): Case =>
  sections(title, expect, (map) => inside<CborInput[]>(map, keys.install, (items) => change([...items])));

/** The license block's items, changed. */
const licenseBlock = (title: string, expect: Case["expect"], change: (items: CborInput[]) => CborInput): Case =>
  install(title, expect, ([override, parameters, ...rest]) => {
    const map = new Map(parameters as ReadonlyMap<number, CborInput>);
    const block = decode(map.get(parameter.touchmarkLicense) as Uint8Array) as CborInput[];
    map.set(parameter.touchmarkLicense, encode(change([...block])));
    return [override ?? 0, map, ...rest];
  });

const shared = (title: string, change: (parameters: Map<number, CborInput>) => void): Case =>
  sections(title, MALFORMED, (map) =>
    inside<ReadonlyMap<number, CborInput>>(map, keys.common, (common) => {
      const copy = new Map(common);
      inside<CborInput[]>(copy, suit.common.sharedSequence, ([override, parameters, ...rest]) => {
        const changed = new Map(parameters as ReadonlyMap<number, CborInput>);
        change(changed);
        return [override ?? 0, changed, ...rest];
      });
      return copy;
    }),
  );

const LICENSE_CONDITION = [command.conditionTouchmarkLicense, reportingPolicy.all];
const FETCH = [command.fetch, reportingPolicy.failure];
const MATCH = [command.conditionImageMatch, reportingPolicy.all];

const formCases: readonly Case[] = [
  sections("manifest version 2", MALFORMED, (map) => map.set(keys.version, 2)),
  sections("no sequence number", MALFORMED, (map) => map.delete(keys.sequenceNumber)),
  sections("D22 a sequence number of 2^53", MALFORMED, (map) => map.set(keys.sequenceNumber, 2n ** 53n)),
  sections("a negative sequence number", MALFORMED, (map) => map.set(keys.sequenceNumber, -1)),
  sections("another section", MALFORMED, (map) => map.set(23, new Uint8Array())),
  sections("no validate section", MALFORMED, (map) => map.delete(keys.validate)),
  sections("validate that checks nothing", MALFORMED, (map) => map.set(keys.validate, encode([]))),
  sections("invoke something else", MALFORMED, (map) => map.set(keys.invoke, encode([command.fetch, 2]))),
  install("no license condition before the fetch", MALFORMED, ([override = 0, parameters = 0]) => [
    override,
    parameters,
    ...FETCH,
    ...MATCH,
  ]),
  install("the license condition behind the fetch", MALFORMED, ([override = 0, parameters = 0]) => [
    override,
    parameters,
    ...FETCH,
    ...LICENSE_CONDITION,
    ...MATCH,
  ]),
  install("no image match behind the fetch", MALFORMED, ([override = 0, parameters = 0]) => [
    override,
    parameters,
    ...LICENSE_CONDITION,
    ...FETCH,
  ]),
  install("an install sequence that goes on", MALFORMED, (items) => [...items, ...FETCH]),
  install("no license block", MALFORMED, ([override = 0, , ...rest]) => [
    override,
    new Map([[parameter.uri, suit.payload.firmware]]),
    ...rest,
  ]),
  install("another payload's name", MALFORMED, ([override = 0, parameters, ...rest]) => {
    const map = new Map(parameters as ReadonlyMap<number, CborInput>);
    return [override, map.set(parameter.uri, "#other"), ...rest];
  }),
  licenseBlock("license block layout 2", MALFORMED, ([, ...rest]) => [2, ...rest]),
  licenseBlock("another proof type", "PROOF_TYPE_UNKNOWN", ([layout = 0, , ...rest]) => [layout, 2, ...rest]),
  licenseBlock("another proof type and another form", "PROOF_TYPE_UNKNOWN", ([layout = 0]) => [layout, 2, "anything"]),
  licenseBlock("D22 a security version of 2^32", MALFORMED, (items) => items.with(6, 2 ** 32)),
  licenseBlock("a board of 19 bytes", MALFORMED, (items) => items.with(3, new Uint8Array(19))),
  licenseBlock("an item more", MALFORMED, (items) => [...items, 0]),
  ...["1.2", "1.2.3.4", "v1.2.3", "1..3", "", "1.2.3-rc1", "1.2.34567890123456"].map((version) =>
    licenseBlock(`version ${JSON.stringify(version)}`, MALFORMED, (items) => items.with(8, version)),
  ),
  shared("an image of no bytes", (parameters) => parameters.set(parameter.imageSize, 0)),
  shared("D22 an image of 2^32 bytes", (parameters) => parameters.set(parameter.imageSize, 2 ** 32)),
  shared("an image digest of another hash", (parameters) =>
    parameters.set(parameter.imageDigest, encode([-44, new Uint8Array(32)])),
  ),
  shared("no vendor", (parameters) => parameters.delete(parameter.vendorId)),
  {
    title: "D20 a manifest that is not deterministic",
    expect: MALFORMED,
    scenario: withSpoil({ manifest: (bytes) => Uint8Array.from([0xb8, 6, ...bytes.slice(1)]) }),
  },
  {
    title: "D16 a byte behind the manifest",
    expect: MALFORMED,
    scenario: withSpoil({ manifest: (bytes) => Uint8Array.from([...bytes, 0]) }),
  },
];

const { manifest } = HONEST.release;

const namesCases: readonly Case[] = [
  {
    title: "D5 another vendor",
    expect: "VENDOR_MISMATCH",
    scenario: withManifest({ vendorId: flipped(manifest.vendorId, 0) }),
  },
  {
    title: "D5 another class",
    expect: "CLASS_MISMATCH",
    scenario: withManifest({ classId: flipped(manifest.classId, 15) }),
  },
  { title: "D15 another chain", expect: "CHAIN_ID_MISMATCH", scenario: withLicenseBlock({ chainId: 137n }) },
  {
    title: "another manufacturer",
    expect: "MANUFACTURER_MISMATCH",
    scenario: withLicenseBlock({ manufacturerId: manifest.license.manufacturerId + 1n }),
  },
  {
    title: "D15 another board",
    expect: "BOARD_MISMATCH",
    scenario: withLicenseBlock({ board: flipped(manifest.license.board, 3) }),
  },
  {
    title: "D15 other board code",
    expect: "BOARD_MISMATCH",
    scenario: withLicenseBlock({ boardCodeHash: flipped(manifest.license.boardCodeHash, 3) }),
  },
];

const image = (bytes: Uint8Array): Case["scenario"] => withRelease({ image: bytes });

const imageCases: readonly Case[] = [
  {
    title: "D6 an image larger than any slot",
    expect: "IMAGE_SIZE",
    scenario: withManifest({ imageSize: limits.imageBytes + 1 }),
  },
  { title: "D4 another image", expect: "IMAGE_DIGEST_MISMATCH", scenario: image(flipped(HONEST.release.image, 40)) },
  {
    title: "D6 an image longer than signed",
    expect: "IMAGE_SIZE",
    scenario: image(concatBytes(HONEST.release.image, new Uint8Array(1))),
  },
  { title: "D6 an image shorter than signed", expect: "IMAGE_SIZE", scenario: image(HONEST.release.image.slice(1)) },
];

const rollbackCases: readonly Case[] = [
  {
    title: "D1 a lower sequence than the running one",
    expect: "SEQUENCE_ROLLBACK",
    scenario: withUnit({ sequence: 13 }),
  },
  { title: "D32 the running sequence again", expect: "OK", scenario: withUnit({ sequence: 12 }) },
  {
    title: "D1 a security version below the rollback counter",
    expect: "SECURITY_VERSION_ROLLBACK",
    scenario: withUnit({ rollback: 4 }),
  },
  {
    title: "D32 the highest security version",
    expect: "OK",
    scenario: withUnit({ rollback: 2 ** 32 - 1 }, withLicenseBlock({ securityVersion: 2 ** 32 - 1 })),
  },
  {
    title: "D1 a unit whose rollback counter stands at its end",
    expect: "SECURITY_VERSION_ROLLBACK",
    scenario: withUnit({ rollback: 2 ** 32 - 1 }),
  },
];

export const manifestCases: readonly Case[] = [...formCases, ...namesCases, ...imageCases, ...rollbackCases];
