// SPDX-License-Identifier: Apache-2.0
// A token maker's library, initialized once a process whatever number of its keys is open (PKCS#11 v2.40 §5.4:
// C_Initialize a second time fails, C_Finalize ends every session).
import type { PKCS11 } from "pkcs11js";
import { TouchmarkError } from "../errors.ts";

export type Pkcs11Binding = typeof import("pkcs11js");

/** @throws TOOL_MISSING where the optional package is absent or not built */
export async function loadPkcs11Binding(): Promise<Pkcs11Binding> {
  try {
    return (await import("pkcs11js")).default;
  } catch (cause) {
    const how = "scripts/bootstrap, or npm rebuild pkcs11js --ignore-scripts=false";
    throw new TouchmarkError("TOOL_MISSING", { data: { what: "pkcs11js", how }, cause });
  }
}

export class Pkcs11Library {
  static readonly #open = new Map<string, Pkcs11Library>();

  readonly module: PKCS11;
  readonly #path: string;
  #users = 1;

  private constructor(module: PKCS11, path: string) {
    this.module = module;
    this.#path = path;
  }

  /** @throws TOOL_MISSING where the file is no such library */
  static open(binding: Pkcs11Binding, path: string): Pkcs11Library {
    const known = Pkcs11Library.#open.get(path);
    if (known) {
      known.#users++;
      return known;
    }
    const module = new binding.PKCS11();
    try {
      module.load(path);
      module.C_Initialize();
    } catch (cause) {
      throw new TouchmarkError("TOOL_MISSING", { data: { modulePath: path }, cause });
    }
    const library = new Pkcs11Library(module, path);
    Pkcs11Library.#open.set(path, library);
    return library;
  }

  /** The last user's release ends every session and login. */
  release(): void {
    if (--this.#users > 0) return;
    Pkcs11Library.#open.delete(this.#path);
    this.module.C_Finalize();
    this.module.close();
  }
}
