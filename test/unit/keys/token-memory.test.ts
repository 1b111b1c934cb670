// SPDX-License-Identifier: Apache-2.0
// The memory of a process that signs: with a key file the key is in it, with a token it is not.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { encryptKey } from "../../../host/src/protocol/encrypted-key.ts";
import { encodePem } from "../../../host/src/protocol/pem.ts";
import { encodePrivateKeyInfo } from "../../../host/src/protocol/private-key-info.ts";
import { formsOf } from "../../support/open-chip.ts";
import { PIN, SoftHsm } from "../../support/soft-hsm.ts";

const HOLDER = new URL("../../support/key-holder.ts", import.meta.url).pathname;

/** PKCS#8 in the open, as only tests of tokens need it. */
function openPem(secret: Uint8Array): string {
  const base64 = encodePrivateKeyInfo(secret).toString("base64").replaceAll(/.{64}/g, "$&\n");
  return `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`;
}

/** Whether a form of the secret stands in what the process may write. */
async function inMemory(reference: string, passphrase: string, secret: Uint8Array): Promise<boolean> {
  const child = spawn(process.execPath, [HOLDER, reference], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    child.stdin.end(passphrase);
    await once(child.stdout, "data");
    return scan(child.pid ?? 0, secret);
  } finally {
    child.kill("SIGKILL");
  }
}

function scan(pid: number, secret: Uint8Array): boolean {
  const forms = formsOf(secret);
  const memory = openSync(`/proc/${pid}/mem`, "r");
  let bytes = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
      const [, from, to, rights = ""] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (!rights.startsWith("rw") || /\[v/.test(line)) continue;
      const part = readRange(memory, Number(`0x${from}`), Number(`0x${to}`));
      bytes += part.length;
      if (forms.some((form) => part.includes(form))) return true;
    }
  } finally {
    closeSync(memory);
  }
  expect(bytes, "bytes looked through").to.be.greaterThan(1 << 23);
  return false;
}

// Pages that were never touched may not be readable.
function readRange(memory: number, from: number, to: number): Buffer {
  const part = Buffer.alloc(Math.min(to - from, 1 << 28));
  try {
    return part.subarray(0, readSync(memory, part, 0, part.length, from));
  } catch {
    return Buffer.alloc(0);
  }
}

describe("the memory of a process that signs", function () {
  this.timeout(60_000);
  let token: SoftHsm;
  before(async function () {
    if (!existsSync("/proc/self/mem") || !(await SoftHsm.available())) this.skip();
    token = new SoftHsm();
  });
  after(() => token?.[Symbol.dispose]());

  it("holds a root's key that is opened from a file", async () => {
    const secret = newSecret();
    const path = token.folder.join("key.pem");
    writeFileSync(path, encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(secret, PIN)));
    expect(await inMemory(path, PIN, secret)).to.equal(true);
  });

  it("A17 holds no root's key of a token, with root, line and revocation list made", async () => {
    const secret = newSecret();
    token.import("kept", openPem(secret), "0a");
    expect(await inMemory(token.uri("kept"), PIN, secret)).to.equal(false);
  });
});
