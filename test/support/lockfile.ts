// SPDX-License-Identifier: Apache-2.0
// package.json and package-lock.json, as the supply-chain tests read them.
import { readFileSync } from "node:fs";

export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

export const manifest = json("package.json") as Manifest;

const { packages } = json("package-lock.json") as { packages: Readonly<Record<string, LockedPackage>> };

/** Path below the project (`node_modules/a/node_modules/b`) and entry, the project itself left out. */
export const locked: readonly (readonly [path: string, entry: LockedPackage])[] = Object.entries(packages).filter(
  ([path]) => path !== "",
);

/** `node_modules/a/node_modules/@s/b` → `@s/b` */
export const packageName = (path: string): string => path.replace(/^.*node_modules\//, "");
