// SPDX-License-Identifier: Apache-2.0
// PEM (RFC 7468 §3, strict): lines of 64, one block after another, nothing around them.
import { TouchmarkError } from "../errors.ts";

export type PemLabel = "CERTIFICATE" | "CERTIFICATE REQUEST" | "X509 CRL" | "ENCRYPTED PRIVATE KEY";

const BLOCK =
  /^-----BEGIN (?<label>[A-Z0-9 ]+)-----\r?\n(?<text>(?:[A-Za-z0-9+/=]+\r?\n)+)-----END \k<label>-----\r?\n?/;

export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** All blocks of a file, each of this label. @throws DER_MALFORMED for anything else in it, or nothing */
export function decodePem(label: PemLabel, text: string): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let rest = text; rest.length > 0; ) {
    const match = BLOCK.exec(rest);
    const body = match?.groups?.["text"]?.replaceAll(/\s/g, "") ?? "";
    const der = Buffer.from(body, "base64");
    if (!match || match.groups?.["label"] !== label || der.toString("base64") !== body)
      throw new TouchmarkError("DER_MALFORMED", { data: { what: `PEM, ${label} expected` } });
    blocks.push(Uint8Array.from(der));
    rest = rest.slice(match[0].length);
  }
  if (blocks.length === 0) throw new TouchmarkError("DER_MALFORMED", { data: { what: `PEM, ${label} expected` } });
  return blocks;
}

/** The one block of a file. @throws DER_MALFORMED */
export function decodeOnePem(label: PemLabel, text: string): Uint8Array {
  const [der, ...more] = decodePem(label, text);
  if (!der || more.length > 0) throw new TouchmarkError("DER_MALFORMED", { data: { what: `one ${label} expected` } });
  return der;
}
