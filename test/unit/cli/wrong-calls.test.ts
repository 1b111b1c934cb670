// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const MAIN = new URL("../../../host/src/cli/main.ts", import.meta.url).pathname;

const PROVE = "release prove x.release --state state.json --root root.pem --rpc http://127.0.0.1:1 --out x.suit";
const ROLES = ["licensor", "hardware-auditor", "security-auditor", "experience-auditor", "treasury"];
const DEPLOY = `registry deploy --key k.pem ${ROLES.map((role) => `--${role} 0x12`).join(" ")}`;

/** What is called, its exit code, and how it says so. */
const CASES: Readonly<Record<string, readonly [words: string, code: number, says: RegExp]>> = {
  "a chain id that is no number": [
    `${DEPLOY} --rpc http://127.0.0.1:1 --chain-id foo`,
    2,
    /^USAGE: .*\n +option: chain-id$/m,
  ],
  "a number that is none": [
    "witness serve --rpc http://127.0.0.1:1 --chain-id 1 --epoch one --key k --record r",
    2,
    /^USAGE: .*\n +option: epoch$/m,
  ],
  "a node that is no URL": [`${DEPLOY} --rpc nonsense --chain-id 1`, 2, /^USAGE: .*\n +expected: URL of a node$/m],
  "a deployment's file that is there, before anything is paid": [
    `${DEPLOY} --rpc http://127.0.0.1:1 --chain-id 1 --out there.json`,
    1,
    /^FILE_EXISTS: /,
  ],
  "a stake of nothing, before anything is paid": [
    "license stake 1 0.0 --key k.pem",
    2,
    /^USAGE: .*\n +option: amount$/m,
  ],
  "a unit whose address is mistyped": [
    "registry register 1 0xd8dA6BF26964aF9D7eEd9e03E53415D37aa96045 --serial TM1-1 --key k.pem",
    2,
    /^USAGE: .*\n +option: unit\n.*\n +expected: .*EIP-55/m,
  ],
  "half an address for a unit": [
    "registry register 1 0x12 --serial TM1-1 --key k.pem",
    2,
    /^USAGE: .*\n +option: unit$/m,
  ],
  "a ledger that is not there, and makes none": [
    "station unit none.sqlite TM1-0001",
    1,
    /^FILE_MISSING: .*\n +path: none/m,
  ],
  "a challenge that is no challenge": [
    `${PROVE.replace("state.json", "there.json")} --challenge zz`,
    2,
    /^USAGE: .*\n +option: challenge$/m,
  ],
  "a download mode that virt has not": ["device emulate unit --download", 2, /^USAGE: .*\n +option: download$/m],
  "a button for a chip that has its own": [
    "device emulate unit --port esp32c3 --button",
    2,
    /^USAGE: .*\n +option: button$/m,
  ],
  "a button that is held for no time": ["device press unit --seconds 0", 2, /^USAGE: .*\n +option: seconds$/m],
  "a button that is held for longer than anybody waits": [
    "device press unit --seconds 601",
    2,
    /^USAGE: .*\n +option: seconds$/m,
  ],
  "a factory image for a chip that takes it through its ROM": [
    "device emulate unit --port esp32c3 --factory there.json",
    2,
    /^USAGE: .*\n +option: factory$/m,
  ],
  "a unit without reports of its tests, which nobody could sell": [
    "station provision unix:none --line l --key k --release r --factory f --model TM-1 --serial S --rpc http://127.0.0.1:1",
    2,
    /^USAGE: Missing required arguments: ict, qa$/m,
  ],
  "a file that is no #chain block, before the unit is asked": [
    "device notice unix:none there.json",
    1,
    /^CHAIN_MALFORMED: [^]*release prove --notice/m,
  ],
  "services of witnesses alone, whose keys are elsewhere": [
    `${PROVE} --witness http://127.0.0.1:2`,
    1,
    /^FILE_MISSING: .*\n +path: state/m,
  ],
};

describe("touchmark called with", function () {
  this.timeout(30_000);

  for (const [title, [words, code, says]] of Object.entries(CASES)) {
    it(`${title}: says so`, () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join("there.json"), "{}");
      const options = { cwd: folder.path, encoding: "utf8" } as const;
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words.split(" ")], options);
      expect(stderr).to.match(says);
      expect(status).to.equal(code);
      expect(readdirSync(folder.path)).to.deep.equal(["there.json"]);
    });
  }
});
