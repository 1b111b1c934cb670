// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { expect } from "chai";
import { addressOf } from "../../../host/src/protocol/secp256k1.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const MAIN = new URL("../../../host/src/cli/main.ts", import.meta.url).pathname;

function touchmark(passphrase: string, ...words: readonly string[]) {
  const env = { ...process.env, TOUCHMARK_PASSPHRASE: passphrase };
  return spawnSync(process.execPath, [MAIN, ...words, "--json"], { encoding: "utf8", env });
}

describe("touchmark key", function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  it("new makes a file for its owner alone, and show reads its address and public key back", () => {
    const path = folder.join("owner.pem");
    const made = touchmark("correct horse battery", "key", "new", path);
    expect(made.status, made.stderr).to.equal(0);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    const { address, publicKey } = JSON.parse(made.stdout) as { address: string; publicKey: string };
    expect(addressOf(Buffer.from(publicKey, "hex"))).to.equal(address);
    expect(touchmark("correct horse battery", "key", "show", path).stdout).to.equal(made.stdout);
    expect(touchmark("another horse battery", "key", "show", path).stderr).to.match(/^KEY_LOCKED: /);
    expect(touchmark("correct horse battery", "key", "new", path).stderr).to.match(/^FILE_EXISTS: /);
  });
});
