// SPDX-License-Identifier: Apache-2.0
import { decodeBundle } from "../../protocol/bundle.ts";
import { decodeSignedRelease, releaseOf } from "../../protocol/signed-release.ts";
import { readBytes } from "../files.ts";

/** The image in a signed release or a bundle, else the file as it stands. @throws FILE_MISSING */
export async function readImage(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  for (const decode of [decodeSignedRelease, (bundle: Uint8Array) => releaseOf(decodeBundle(bundle))]) {
    try {
      return decode(bytes).image;
    } catch {}
  }
  return bytes;
}
