// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { type RootFile, readRootFile } from "../../registry/roots/root-file.ts";
import { readJson } from "../files.ts";
import type { RegistrySession } from "./registry-session.ts";

/** A file of registry root, for the registry and the chain of this session. @throws USAGE, FILE_MISSING */
export async function rootFileOf(path: string, { backend, deployment }: RegistrySession): Promise<RootFile> {
  const file = readRootFile(await readJson(path));
  const registry = String(backend.contract.target).toLowerCase();
  if (file.chainId !== `${deployment.chainId}` || file.registry.toLowerCase() !== registry)
    throw new TouchmarkError("USAGE", { data: { file: path, chainId: file.chainId, registry: file.registry } });
  return file;
}
