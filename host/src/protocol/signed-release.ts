// SPDX-License-Identifier: Apache-2.0
// A signed release before it is proved: the bundle's envelope without `#chain`. It goes into the factory image as it
// stands; `release prove` makes bundles of it.
import { TouchmarkError } from "../errors.ts";
import type { Bundle } from "./bundle.ts";
import { type CborInput, encode, Tag } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { cose, limits, suit } from "./generated.ts";

export interface SignedRelease {
  /** Encoded authentication wrapper. */
  readonly authentication: Uint8Array;
  /** Encoded manifest. */
  readonly manifest: Uint8Array;
  readonly image: Uint8Array;
}

export function encodeSignedRelease({ authentication, manifest, image }: SignedRelease): Uint8Array {
  const map = new Map<number | string, CborInput>([
    [suit.envelope.authenticationWrapper, authentication],
    [suit.envelope.manifest, manifest],
    [suit.payload.firmware, image],
  ]);
  return encode(new Tag(map, cose.tagSuitEnvelope));
}

/** @throws ENVELOPE_MALFORMED */
export function decodeSignedRelease(bytes: Uint8Array): SignedRelease {
  const map = CborFields.open(bytes, "ENVELOPE_MALFORMED").tagged(cose.tagSuitEnvelope).map();
  map.expect(suit.envelope.authenticationWrapper);
  const authentication = map.bytes(1, limits.authenticationBytes);
  map.expect(suit.envelope.manifest);
  const manifest = map.bytes(1, limits.manifestBytes);
  map.expect(suit.payload.firmware);
  const image = map.bytes(1, limits.imageBytes);
  map.end();
  return { authentication, manifest, image };
}

/** The release inside a bundle. @throws ENVELOPE_MALFORMED for a bundle that carries a delta */
export function releaseOf({ authentication, manifest, payload }: Bundle): SignedRelease {
  if (payload.kind !== "firmware") throw new TouchmarkError("ENVELOPE_MALFORMED", { data: { payload: payload.kind } });
  return { authentication, manifest, image: payload.bytes };
}
