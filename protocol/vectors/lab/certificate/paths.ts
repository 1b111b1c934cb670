// SPDX-License-Identifier: Apache-2.0
// Certificates that are good each, and no path together.
import { boolean, integer, sequence, tlv, unsigned } from "../der.ts";
import {
  all,
  type CertificateVector,
  constraints,
  device,
  line,
  maker,
  ota,
  path,
  pinned,
  root,
  swap,
} from "./cases.ts";
import {
  BORN,
  CHAIN_ID,
  certificate,
  deviceParts,
  keyId,
  keyInfo,
  lineParts,
  name,
  otaParts,
  type Parts,
  point,
  rootParts,
  times,
} from "./parts.ts";

const lineDer = certificate(lineParts);
const deviceDer = certificate(deviceParts);
const otherRoot = certificate({ ...rootParts, serialNumber: integer("4100000000000008") });
const impostor = certificate({
  ...lineParts,
  serialNumber: integer("4100000000000009"),
  key: keyInfo(point("other-line")),
});
const under = (parts: Parts, issuer: Parts, key: string): Uint8Array =>
  certificate({ ...parts, issuer: issuer.subject, signedBy: key });

export const paths: readonly CertificateVector[] = [
  ...all("CERT_PATH_LENGTH", "B3", {
    "path-empty": path("ota", "no certificates", []),
    "path-root-alone": path("ota", "the root alone", [pinned]),
  }),
  ...all("CERT_PATH_LENGTH", "B1 B3", {
    "path-ota-under-line": path("ota", "an OTA signer under a line", [
      under(otaParts, lineParts, "line"),
      lineDer,
      pinned,
    ]),
  }),
  ...all("CERT_PATH_LENGTH", "B3 B11", {
    "path-two-lines": path("device", "a line under a line", [deviceDer, lineDer, lineDer, pinned]),
  }),
  ...all("CERT_PATH_LENGTH", "B11", {
    "path-loop": path(
      "device",
      "a loop of 64 roots",
      Array.from({ length: 64 }, () => pinned),
    ),
  }),
  ...all("CERT_PATH_LENGTH", "B3", {
    "line-path-length-1": line("a line that allows a CA below", constraints(boolean(0xff), unsigned(1n))),
    "line-path-length-absent": line("a line without a path length", constraints(boolean(0xff))),
    "line-path-length-huge": line("a path length of 2^32", constraints(boolean(0xff), unsigned(2n ** 32n))),
  }),
  ...all("CERT_PROFILE", "B3", {
    "path-length-without-ca": line("a path length without cA", constraints(unsigned(0n))),
  }),
  ...all("CERT_PATH_LENGTH", "B3", {
    "root-path-length-0": root("a root that allows no line", constraints(boolean(0xff), unsigned(0n))),
  }),
  ...all("ROOT_MISMATCH", "B1", {
    "path-other-root": path("ota", "the same names and key under a root that is not the pinned one", [
      certificate(otaParts),
      otherRoot,
    ]),
  }),
  ...all("CERT_ISSUER", "B3", {
    "issuer-other": ota("an issuer that is not the root's subject", { issuer: name("commonName", "FAKE other root") }),
    "issuer-case": ota("an issuer that differs in one letter's case", { issuer: name("commonName", "fAKE root") }),
    "aki-other": ota(
      "authorityKeyIdentifier of another key",
      swap("authorityKeyIdentifier", false, sequence(tlv(0x80, keyId("other-root")))),
    ),
  }),
  ...all("CERT_MANUFACTURER", "B1", {
    "chain-other": ota("another chain than the root's", maker(137n)),
    "manufacturer-other": ota("another ManufacturerID than the root's", maker(CHAIN_ID, 8n)),
    "line-manufacturer-other": line("a line of another ManufacturerID", maker(CHAIN_ID, 8n)),
  }),
  ...all("CERT_SIGNATURE", "B1", {
    "line-impostor": path("device", "a line of the same name and key id with another key", [
      deviceDer,
      impostor,
      pinned,
    ]),
  }),
  ...all("CERT_USAGE", "B2", {
    "device-under-ota": path("device", "a device under an OTA signer", [
      under(deviceParts, otaParts, "ota"),
      certificate(otaParts),
      pinned,
    ]),
  }),
  ...all("CERT_PROFILE", "B2", {
    "ota-is-device": path("ota", "a device in the place of the OTA signer", [deviceDer, pinned]),
  }),
  ...all("CERT_NOT_IN_FORCE", "B6", {
    "at-too-early": ota("the second before notBefore", {}, BORN - 1),
    "at-too-late": ota("the second after notAfter", {}, 1_811_808_001),
    "at-after-root": ota(
      "after the root's notAfter",
      { validity: times("260601000000Z", "99991231235959Z") },
      3_000_000_000,
    ),
  }),
  ...all("CERT_NOT_IN_FORCE", "B1 B6", {
    "born-before-line": device("a device born before its line", {
      validity: times("260531235959Z", "99991231235959Z"),
    }),
    "born-after-line": device("a device born after its line expired", {
      validity: times("260830000001Z", "99991231235959Z"),
    }),
  }),
  ...all("ok", "B6", {
    "born-last-second": device("a device born in its line's last second", {
      validity: times("260830000000Z", "99991231235959Z"),
    }),
  }),
];
