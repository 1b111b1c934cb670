// SPDX-License-Identifier: Apache-2.0
// What verifies.
import { integer } from "../der.ts";
import { add, all, type CertificateVector, device, drop, ota, root, unknown } from "./cases.ts";
import { BORN } from "./parts.ts";

/** 1.3.6.1.4.1.56490.1: an enterprise's. */
const OTHER_ARC = "2b0601040183b92a01";

export const accepted: readonly CertificateVector[] = [
  ...all("ok", "", {
    device: device("device, line, root", {}),
    ota: ota("OTA signer under the root", {}, BORN),
  }),
  ...all("ok", "B6", {
    "ota-last-second": ota("the last second of the validity belongs to it", {}, 1_811_808_000),
  }),
  ...all("ok", "", {
    "leaf-without-basic-constraints": ota("a leaf may leave basicConstraints out", drop("basicConstraints")),
    "extensions-reversed": ota("extensions in any order", (parts) => ({
      ...parts,
      extensions: parts.extensions?.toReversed(),
    })),
    "unknown-extension": ota("an unknown extension that is not critical", add(unknown(OTHER_ARC, false))),
    "root-without-aki": root("a root may leave authorityKeyIdentifier out", drop("authorityKeyIdentifier")),
    "serial-8-bytes": ota("the shortest serial number", { serialNumber: integer("4100000000000001") }),
    "serial-20-bytes": ota("the longest serial number", { serialNumber: integer(`7f${"ff".repeat(19)}`) }),
  }),
];
