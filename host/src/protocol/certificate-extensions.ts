// SPDX-License-Identifier: Apache-2.0
// The extensions that certificates of protocol/certificates.md carry, in the order in which we write them.
import { TouchmarkError } from "../errors.ts";
import { basicConstraints, readBasicConstraints } from "./extensions/basic-constraints.ts";
import { ethereumUri, readEthereumUri } from "./extensions/ethereum-uri.ts";
import { extendedKeyUsage, readExtendedKeyUsage } from "./extensions/extended-key-usage.ts";
import { type Extension, type ExtensionType, fromExtension, toExtension } from "./extensions/extension.ts";
import {
  authorityKeyIdentifier,
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
  subjectKeyIdentifier,
} from "./extensions/key-identifier.ts";
import { keyUsage, readKeyUsage } from "./extensions/key-usage.ts";
import { manufacturer, readManufacturer } from "./extensions/manufacturer.ts";
import { readRegistry, registry } from "./extensions/registry.ts";
import { readUnits, units } from "./extensions/units.ts";
import { oids } from "./generated.ts";

function extensionType<T>(
  name: keyof typeof oids,
  critical: boolean,
  write: ExtensionType<T>["write"],
  read: ExtensionType<T>["read"],
): ExtensionType<T> {
  return { oid: oids[name].contents, critical, write, read };
}

const types = {
  basicConstraints: extensionType("basicConstraints", true, basicConstraints, readBasicConstraints),
  keyUsage: extensionType("keyUsage", true, keyUsage, readKeyUsage),
  extendedKeyUsage: extensionType("extendedKeyUsage", true, extendedKeyUsage, readExtendedKeyUsage),
  manufacturer: extensionType("touchmarkManufacturer", false, manufacturer, readManufacturer),
  units: extensionType("touchmarkUnits", false, units, readUnits),
  registry: extensionType("touchmarkRegistry", false, registry, readRegistry),
  subjectAltName: extensionType("subjectAltName", false, ethereumUri, readEthereumUri),
  subjectKeyIdentifier: extensionType("subjectKeyIdentifier", false, subjectKeyIdentifier, readSubjectKeyIdentifier),
  authorityKeyIdentifier: extensionType(
    "authorityKeyIdentifier",
    false,
    authorityKeyIdentifier,
    readAuthorityKeyIdentifier,
  ),
} as const;

type Types = typeof types;
export type ExtensionName = keyof Types;

export type CertificateExtensions = {
  readonly [Name in ExtensionName]?: Types[Name] extends ExtensionType<infer T> ? T : never;
};

// id-ce and id-pe: an extension there that we do not know means something to other verifiers.
const PKIX_ARCS = ["551d", "2b060105050701"];

export function writeExtensions(values: CertificateExtensions): Extension[] {
  return names.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [toExtension(types[name] as ExtensionType<unknown>, value)];
  });
}

/** @throws CERT_CRITICAL_EXTENSION, CERT_PROFILE (criticality, form, unknown in PKIX's own arcs), DER_MALFORMED */
export function parseExtensions(list: readonly Extension[]): CertificateExtensions {
  const values: Partial<Record<ExtensionName, unknown>> = {};
  for (const extension of list) {
    const name = names.find((known) => types[known].oid === extension.oid);
    if (name) values[name] = fromExtension(types[name] as ExtensionType<unknown>, extension);
    else refuseUnknown(extension);
  }
  return values as CertificateExtensions;
}

const names = Object.keys(types) as ExtensionName[];

function refuseUnknown({ oid, critical }: Extension): void {
  if (critical) throw new TouchmarkError("CERT_CRITICAL_EXTENSION", { data: { oid } });
  if (PKIX_ARCS.some((arc) => oid.startsWith(arc))) throw new TouchmarkError("CERT_PROFILE", { data: { oid } });
}
