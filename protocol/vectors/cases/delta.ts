// SPDX-License-Identifier: Apache-2.0
// Deltas: protocol/bundle.md, check 7. Whoever makes the hostile ones needs no key.
import { concatBytes } from "../../../host/src/protocol/bytes.ts";
import { type Change, encodeDelta } from "../../../host/src/protocol/delta.ts";
import { layouts, words } from "../../../host/src/protocol/generated.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import type { Case } from "../lab/case.ts";
import { licenseWord, type Scenario } from "../lab/scenario.ts";
import { flipped, withManifest, withRelease, withSpoil, withUnit } from "./change.ts";

const MALFORMED = "DELTA_MALFORMED";
const MISMATCH = "DELTA_BASE_MISMATCH";
const { baseSize, baseDigest, layout, reserved } = layouts.deltaHeader.fields;

const BASE = Uint8Array.from({ length: 200 }, (_, at) => (at * 5) & 0xff);
const IMAGE = Uint8Array.from({ length: 240 }, (_, at) => (at < 100 ? (BASE[at + 50] ?? 0) : at * at) & 0xff);
const CHANGES: readonly Change[] = [
  { from: 50, like: 100, fresh: 20 },
  { from: 10, like: 80, fresh: 40 },
];
const honest = encodeDelta(BASE, IMAGE, CHANGES);

export const DELTA: Scenario = withUnit(
  { image: BASE },
  withManifest({ imageDigest: sha256(IMAGE), imageSize: IMAGE.length }, withRelease({ image: IMAGE, delta: honest })),
);

const sent = (title: string, expect: Case["expect"], delta: Uint8Array): Case => ({
  title,
  expect,
  scenario: withRelease({ delta }, DELTA),
});

/** Changes that no honest encoder makes: it is told of a larger base or image than there is. */
const hostile = (
  title: string,
  changes: readonly Change[],
  base: Uint8Array = BASE,
  image: Uint8Array = IMAGE,
): Case => {
  const delta = encodeDelta(base, image, changes);
  delta.set(honest.subarray(0, layouts.deltaHeader.size));
  return sent(title, MALFORMED, delta);
};

const larger = (bytes: Uint8Array, more: number): Uint8Array => concatBytes(bytes, new Uint8Array(more));
const elsewhere = (title: string, expect: Case["expect"], scenario: Scenario): Case => ({ title, expect, scenario });

export const deltaCases: readonly Case[] = [
  { title: "an honest delta", expect: "OK", scenario: DELTA },
  sent("one that copies nothing", "OK", encodeDelta(BASE, IMAGE, [{ from: 0, like: 0, fresh: IMAGE.length }])),
  sent("D25 one that says all in one copy", "OK", encodeDelta(BASE, IMAGE, [{ from: 0, like: 200, fresh: 40 }])),
  elsewhere("D26 a unit that runs another image", MISMATCH, withUnit({ image: flipped(BASE, 199) }, DELTA)),
  elsewhere("D26 a unit that runs a shorter image", MISMATCH, withUnit({ image: BASE.slice(0, 199) }, DELTA)),
  elsewhere("D26 a unit that runs the new image already", MISMATCH, withUnit({ image: IMAGE }, DELTA)),
  sent("D26 a header that names another base", MISMATCH, flipped(honest, baseDigest.offset)),
  sent("D26 a header that names a longer base", MISMATCH, flipped(honest, baseSize.offset)),
  sent("another magic", MALFORMED, flipped(honest, 0)),
  sent("another layout", MALFORMED, flipped(honest, layout.offset)),
  sent("a reserved byte", MALFORMED, flipped(honest, reserved.offset + 2)),
  sent("D7 nothing", MALFORMED, new Uint8Array()),
  sent("D7 half a header", MALFORMED, honest.slice(0, 20)),
  sent("D7 a header alone", MALFORMED, honest.slice(0, layouts.deltaHeader.size)),
  sent("D7 a stream of four bytes", MALFORMED, honest.slice(0, layouts.deltaHeader.size + 4)),
  sent("D7 a stream cut in the middle", MALFORMED, honest.slice(0, 120)),
  sent("D7 a stream without its last byte", MALFORMED, honest.slice(0, -1)),
  sent("D6 a byte behind the stream", MALFORMED, larger(honest, 1)),
  sent("D6 a kilobyte behind the stream", MALFORMED, larger(honest, 1024)),
  sent("a stream that begins with another byte than zero", MALFORMED, flipped(honest, layouts.deltaHeader.size)),
  sent("a stream that ends elsewhere than its encoder", MALFORMED, flipped(honest, -1)),
  sent("D6 a full image", MALFORMED, IMAGE),
  hostile("D26 a copy that begins behind the base", [{ from: 201, like: 0, fresh: 240 }], larger(BASE, 1)),
  hostile("D26 a copy that ends behind the base", [{ from: 150, like: 51, fresh: 189 }], larger(BASE, 100)),
  hostile("D26 a copy far behind the base", [{ from: 2_000_000, like: 240, fresh: 0 }], larger(BASE, 2_000_240)),
  hostile("D6 a copy longer than the image", [{ from: 0, like: 241, fresh: 0 }], larger(BASE, 100), larger(IMAGE, 1)),
  hostile("D6 more of its own than the image has", [{ from: 0, like: 100, fresh: 141 }], BASE, larger(IMAGE, 1)),
  sent("D4 another image than the signed one", "IMAGE_DIGEST_MISMATCH", encodeDelta(BASE, flipped(IMAGE, 7), CHANGES)),
  elsewhere("D27 by delta: a suspended license", "LICENSE_SUSPENDED", {
    ...DELTA,
    license: licenseWord({ status: words.licenseStatus.suspended }),
  }),
  elsewhere("D27 by delta: an older release", "SEQUENCE_ROLLBACK", withUnit({ sequence: 13 }, DELTA)),
  elsewhere("D27 by delta: a lower security version", "LICENSE_MIN_SECURITY_VERSION", {
    ...DELTA,
    license: licenseWord({ minSecurityVersion: 4 }),
  }),
  elsewhere("D27 by delta: below the rollback counter", "SECURITY_VERSION_ROLLBACK", withUnit({ rollback: 4 }, DELTA)),
  elsewhere("D27 by delta: a withdrawn release", "RELEASE_WITHDRAWN", {
    ...DELTA,
    release: { ...DELTA.release, announced: { status: words.releaseStatus.withdrawn } },
  }),
  elsewhere(
    "D27 by delta: a bad signature",
    "COSE_SIGNATURE",
    withSpoil({ coseSignature: (b) => flipped(b, 0) }, DELTA),
  ),
];
