// SPDX-License-Identifier: Apache-2.0
import { issueLine } from "../../host/src/authority/authority.ts";
import { newSigner } from "../../host/src/demo/authority.ts";
import { openLine } from "../../host/src/station/line.ts";
import type { Station } from "../../host/src/station/station.ts";
import type { Workshop } from "../../test/support/workshop.ts";

const UNITS = 10_000;

/** The workshop's station under a line whose cap no campaign reaches. */
export async function largeStation({ station, world }: Workshop): Promise<Station> {
  const { root, line } = world.authority;
  const signer = newSigner();
  // From the time of the first line on: the blocks that units judge it against may be older than this moment.
  const now = line.certificate.notBefore;
  const request = { station: "FAKE campaign", publicKey: signer.publicKey, units: UNITS, now, days: 1 };
  const path = [(await issueLine(request, root)).der, root.certificate.der] as const;
  return { ...station, line: openLine(path, signer, station.ledger, station.now()) };
}
