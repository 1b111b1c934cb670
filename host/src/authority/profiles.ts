// SPDX-License-Identifier: Apache-2.0
// The four columns of protocol/certificates.md, as data: certs/profiles gives the clause at each limit.
import { readFileSync } from "node:fs";
import type { Role } from "../protocol/certificate-role.ts";
import type { NameAttributeType } from "../protocol/distinguished-name.ts";
import type { KeyUsageName } from "../protocol/extensions/key-usage.ts";
import type { oids } from "../protocol/generated.ts";

interface Clause {
  readonly clause: string;
}

export interface Profile {
  readonly role: Role;
  readonly issuer: "root" | "line";
  readonly basicConstraints: Clause & { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage: Clause & { readonly bits: readonly KeyUsageName[] };
  readonly extendedKeyUsage: Clause & { readonly purposes: readonly (keyof typeof oids)[] };
  readonly subject: Clause & { readonly attributes: readonly NameAttributeType[] };
  readonly hardwareModel: Clause & { readonly present: boolean };
  readonly units: Clause & { readonly present: boolean };
  readonly registry: Clause & { readonly allowed: boolean };
  readonly subjectAltName: Clause & { readonly present: boolean };
  readonly authorityKeyIdentifier: Clause & { readonly required: boolean };
  /** Either a longest span from notBefore to notAfter, or the one notAfter, in unix seconds. */
  readonly lifetime: Clause & { readonly maximumSeconds?: number; readonly notAfter?: number };
}

const folder = new URL("../../../certs/profiles/", import.meta.url);

function load(role: Role): Profile {
  return JSON.parse(readFileSync(new URL(`${role}.json`, folder), "utf8")) as Profile;
}

export const profiles: Readonly<Record<Role, Profile>> = {
  root: load("root"),
  line: load("line"),
  device: load("device"),
  ota: load("ota"),
};
