// SPDX-License-Identifier: Apache-2.0
// A SoftHSM token in a temporary folder. Where SoftHSM or pkcs11js is absent, `available` says so.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { TemporaryFolder } from "./temporary-folder.ts";

const LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";
const TOKEN = "touchmark";
// DER of 1.3.132.0.10.
const SECP256K1 = Buffer.from("06052b8104000a", "hex");

export const PIN = "4711-0815";

export class SoftHsm implements Disposable {
  readonly folder = new TemporaryFolder();
  readonly #before = process.env["SOFTHSM2_CONF"];

  constructor() {
    const settings = this.folder.join("softhsm2.conf");
    writeFileSync(settings, `directories.tokendir = ${this.folder.path}\nobjectstore.backend = file\n`);
    process.env["SOFTHSM2_CONF"] = settings;
    execFileSync("softhsm2-util", ["--init-token", "--free", "--label", TOKEN, "--so-pin", PIN, "--pin", PIN]);
  }

  static async available(): Promise<boolean> {
    return existsSync(LIBRARY) && (await import("pkcs11js").catch(() => undefined)) !== undefined;
  }

  uri(object: string): string {
    return `pkcs11:token=${TOKEN};object=${object}?module-path=${LIBRARY}`;
  }

  /** Keys born in the token, that cannot be read out. */
  async generate(...labels: readonly string[]): Promise<void> {
    const { default: p11 } = await import("pkcs11js");
    const module = new p11.PKCS11();
    module.load(LIBRARY);
    module.C_Initialize();
    try {
      const [slot] = module.C_GetSlotList(true);
      if (!slot) throw new Error("no token");
      const session = module.C_OpenSession(slot, p11.CKF_SERIAL_SESSION | p11.CKF_RW_SESSION);
      module.C_Login(session, p11.CKU_USER, PIN);
      for (const label of labels) {
        const common = [
          { type: p11.CKA_TOKEN, value: true },
          { type: p11.CKA_LABEL, value: label },
        ];
        const mechanism = { mechanism: p11.CKM_EC_KEY_PAIR_GEN };
        const shown = [...common, { type: p11.CKA_EC_PARAMS, value: SECP256K1 }];
        const kept = [
          ...common,
          { type: p11.CKA_PRIVATE, value: true },
          { type: p11.CKA_SENSITIVE, value: true },
          { type: p11.CKA_EXTRACTABLE, value: false },
          { type: p11.CKA_SIGN, value: true },
        ];
        module.C_GenerateKeyPair(session, mechanism, shown, kept);
      }
    } finally {
      module.C_Finalize();
      module.close();
    }
  }

  /** A key that is known outside, for tests that look for it. @param pem PKCS#8, in the open */
  import(label: string, pem: string, id: string): void {
    const path = this.folder.join(`${label}.pem`);
    writeFileSync(path, pem);
    execFileSync("softhsm2-util", ["--import", path, "--token", TOKEN, "--label", label, "--id", id, "--pin", PIN]);
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env["SOFTHSM2_CONF"];
    else process.env["SOFTHSM2_CONF"] = this.#before;
    this.folder[Symbol.dispose]();
  }
}
