// SPDX-License-Identifier: Apache-2.0
// The part of RFC 7512's PKCS#11 URIs that names one key: `pkcs11:token=…;object=…?module-path=…`.
import { TouchmarkError } from "../errors.ts";

export interface Pkcs11Uri {
  readonly token: string;
  readonly object: string;
  /** Shared library of the token's maker. */
  readonly modulePath: string;
}

/** @throws USAGE unless it has the three attributes, each once, and no other */
export function parsePkcs11Uri(uri: string): Pkcs11Uri {
  const attributes = new Map<string, string>();
  const match = /^pkcs11:(?<path>[^?]*)\?(?<query>[^?]*)$/.exec(uri);
  const pairs = match
    ? [...(match.groups?.["path"] ?? "").split(";"), ...(match.groups?.["query"] ?? "").split("&")]
    : [];
  for (const pair of pairs) {
    const [name = "", value = "", ...more] = pair.split("=");
    if (more.length > 0 || value === "" || attributes.has(name)) throw usage(uri);
    attributes.set(name, decode(value, uri));
  }
  const [token, object, modulePath] = ["token", "object", "module-path"].map((name) => attributes.get(name));
  if (!token || !object || !modulePath || attributes.size !== 3) throw usage(uri);
  return { token, object, modulePath };
}

function decode(value: string, uri: string): string {
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new TouchmarkError("USAGE", { data: { uri }, cause });
  }
}

function usage(uri: string): TouchmarkError {
  const expected = "pkcs11:token=TOKEN;object=LABEL?module-path=LIBRARY";
  return new TouchmarkError("USAGE", { data: { uri, expected } });
}
