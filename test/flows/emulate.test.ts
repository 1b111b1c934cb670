// SPDX-License-Identifier: Apache-2.0
// device emulate's chip of the ESP32-C3, blank and in its ROM's loader; skipped by name without Espressif's QEMU.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { expect } from "chai";
import { chipFilesIn } from "../../host/src/device/chip-files.ts";
import { RomLoader } from "../../host/src/device/rom-loader.ts";
import { needsEspQemu } from "../support/esp-chip.ts";
import { asyncVerdict } from "../support/refusal.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;
const run = promisify(execFile);

/** Powers the chip, opens its ROM's loader and gives the error's name, or ok; then the plug. */
async function romLoaderOf(folder: TemporaryFolder, ...options: readonly string[]): Promise<string> {
  const words = ["device", "emulate", folder.join("chip"), "--port", "esp32c3", ...options];
  const line = ["--serial", `unix:${folder.join("line")}`, "--detach", "--json"];
  const { stdout } = await run(process.execPath, [MAIN, ...words, ...line]);
  const { port, pid } = JSON.parse(stdout) as { readonly port: string; readonly pid: number };
  try {
    return await asyncVerdict(async () => (await RomLoader.open(port))[Symbol.asyncDispose]());
  } finally {
    process.kill(-pid, "SIGKILL");
  }
}

describe("device emulate --port esp32c3", function () {
  this.timeout(120_000);

  it("makes a blank chip in download mode, and powers it again in either mode", async function () {
    needsEspQemu(this);
    using folder = new TemporaryFolder();
    const verdict = await run(process.execPath, [
      MAIN,
      "device",
      "emulate",
      folder.join("chip"),
      "--port",
      "esp32c3",
    ]).then(
      () => "",
      ({ stderr }: { readonly stderr: string }) => stderr,
    );
    expect(verdict, "no chip yet").to.match(/^FILE_MISSING/);
    expect(await romLoaderOf(folder, "--download")).to.equal("ok");
    expect(existsSync(chipFilesIn(folder.join("chip")).oneTime)).to.equal(true);
    expect(await romLoaderOf(folder)).to.equal("ROM_LOADER");
    expect(await romLoaderOf(folder, "--download")).to.equal("ok");
  });
});
