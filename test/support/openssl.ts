// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePem, type PemLabel } from "../../host/src/protocol/pem.ts";

export interface OpensslVerdict {
  readonly ok: boolean;
  readonly output: string;
}

/** A folder of PEM files for calls of OpenSSL; disposing removes it. */
export class OpensslFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "touchmark-openssl-"));

  put(name: string, label: PemLabel, ...ders: readonly Uint8Array[]): string {
    const path = join(this.path, name);
    writeFileSync(path, ders.map((der) => encodePem(label, der)).join(""));
    return path;
  }

  run(...parameters: readonly string[]): OpensslVerdict {
    const { status, stdout, stderr } = spawnSync("openssl", parameters, { encoding: "utf8" });
    return { ok: status === 0, output: `${stdout}${stderr}` };
  }

  /** `openssl verify -x509_strict` of a path, leaf first. @param at unix seconds; "any": no validity is judged */
  verify(path: readonly Uint8Array[], at: number | "any", ...options: readonly string[]): OpensslVerdict {
    const root = this.put("root.pem", "CERTIFICATE", ...path.slice(-1));
    const leaf = this.put("leaf.pem", "CERTIFICATE", ...path.slice(0, 1));
    const between = path.slice(1, -1);
    const untrusted = between.length > 0 ? ["-untrusted", this.put("untrusted.pem", "CERTIFICATE", ...between)] : [];
    const time = at === "any" ? ["-no_check_time"] : ["-attime", `${at}`];
    const strict = ["-x509_strict", "-check_ss_sig", ...time, ...options];
    return this.run("verify", ...strict, "-CAfile", root, ...untrusted, leaf);
  }

  /** Those of the requests that OpenSSL cannot read and verify; two processes at a time. @param files from put */
  refusedRequests(files: readonly string[]): string[] {
    const verify = ["req", "-noout", "-verify", "-in"];
    const input = files.join("\n");
    const all = spawnSync("xargs", ["-P", "2", "-n", "1", "openssl", ...verify], { encoding: "utf8", input });
    const verified = `${all.stdout}${all.stderr}`.match(/verify OK/g)?.length;
    if (verified === files.length) return [];
    return files.filter((file) => !this.run(...verify, file).output.includes("verify OK"));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
