// SPDX-License-Identifier: Apache-2.0
// Signatures.
import { integer, sequence, unsigned } from "../der.ts";
import { all, type CertificateVector, ota, root } from "./cases.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Ecdsa-Sig-Value of numbers made from r and s. */
const numbers = (change: (r: bigint, s: bigint) => readonly Uint8Array[]) => ({
  signature: (signature: Uint8Array) => {
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map((half) => Buffer.from(half).toString("hex"));
    return sequence(...change(BigInt(`0x${r}`), BigInt(`0x${s}`)));
  },
});
const padded = (value: bigint): Uint8Array => integer(`0000${value.toString(16).padStart(64, "0")}`);

export const signatures: readonly CertificateVector[] = [
  ...all("CERT_SIGNATURE", "B14", {
    "signature-other-key": ota("signed by another root's key", { signedBy: "other-root" }),
    "signature-own-key": ota("signed by its own key", { signedBy: "ota" }),
    "body-altered": ota("one bit of the body changed after signing", {
      finish: (der) => Uint8Array.from(der, (byte, at) => (at === 20 ? byte ^ 1 : byte)),
    }),
  }),
  ...all("SIGNATURE_HIGH_S", "B14", {
    "high-s": ota(
      "n − s in the place of s",
      numbers((r, s) => [unsigned(r), unsigned(ORDER - s)]),
    ),
  }),
  ...all("SIGNATURE_RANGE", "B14", {
    "r-zero": ota(
      "r = 0",
      numbers((_, s) => [unsigned(0n), unsigned(s)]),
    ),
    "s-zero": ota(
      "s = 0",
      numbers((r) => [unsigned(r), unsigned(0n)]),
    ),
    "r-order": ota(
      "r = n",
      numbers((_, s) => [unsigned(ORDER), unsigned(s)]),
    ),
    "s-order": ota(
      "s = n",
      numbers((r) => [unsigned(r), unsigned(ORDER)]),
    ),
    "r-257-bits": ota(
      "r + 2^256, of 257 bits",
      numbers((r, s) => [unsigned(r + 2n ** 256n), unsigned(s)]),
    ),
    "r-negative": ota(
      "a negative r",
      numbers((_, s) => [integer("ff00"), unsigned(s)]),
    ),
  }),
  ...all("DER_MALFORMED", "B14", {
    "signature-raw": ota("r ‖ s without DER", { signature: (signature) => signature }),
  }),
  ...all("DER_MALFORMED", "B9 B14", {
    "signature-padded": ota(
      "r with a byte of padding",
      numbers((r, s) => [padded(r), unsigned(s)]),
    ),
    "signature-left-over": ota(
      "a third number behind r and s",
      numbers((r, s) => [unsigned(r), unsigned(s), unsigned(1n)]),
    ),
  }),
  ...all("CERT_SIGNATURE", "B14", {
    "root-not-by-itself": root("a root that another key signed", { signedBy: "other-root" }),
  }),
];
