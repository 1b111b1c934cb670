// SPDX-License-Identifier: Apache-2.0
// The ESP32-C3 from its mask ROM on, under Espressif's QEMU; and on a board, where TOUCHMARK_PORT names one. Each test is
// skipped by name where it has no chip.
import { execFile, execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect } from "chai";
import { hasEspQemu, makeEspChip } from "../../host/src/device/esp-qemu.ts";
import { flashChip } from "../../host/src/device/flash-chip.ts";
import { RomLoader } from "../../host/src/device/rom-loader.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import { signEspImage } from "../../host/src/protocol/esp-signature.ts";
import { flash } from "../../host/src/protocol/generated.ts";
import { espChipWith, needsEspQemu, powerEsp, SETTLE_MS, writeFlash } from "../support/esp-chip.ts";
import { runEspCuts } from "../support/esp-cuts.ts";
import { fakeFactoryImage } from "../support/fake-factory.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { seedOfRun } from "../support/random.ts";
import { asyncVerdict } from "../support/refusal.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;
const { TOUCHMARK_PORT } = process.env;
const run = promisify(execFile);

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** What a verb says with --json, and its exit code. */
async function verb(...words: readonly string[]): Promise<Answer> {
  try {
    const { stdout } = await run(process.execPath, [MAIN, ...words, "--json"], { maxBuffer: 1 << 24 });
    return { status: 0, json: JSON.parse(stdout) as unknown };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, json: `${stdout}${stderr}` };
  }
}

/** A bootloader that finds nothing to start, in an image of the factory's size. */
function recoveryImage(): Uint8Array {
  const { offset, size } = flash.esp32c3.regions.slotBImage;
  const image = new Uint8Array(offset + size).fill(0xff);
  image.set(readFileSync("build/firmware/esp32c3/bootloader.bin"));
  return image;
}

describe("the ESP32-C3", function () {
  this.timeout(600_000);

  before(() => {
    if (hasEspQemu(process.env["ESP_QEMU"])) execFileSync("make", ["-s", "-C", "firmware", "esp32c3"]);
  });

  it("D10 device flash, torn in the middle by a power cut, goes on and ends with a chip that boots", async function () {
    needsEspQemu(this);
    using folder = new TemporaryFolder();
    const chip = makeEspChip(folder.join("chip"));
    const image = folder.join("factory.bin");
    writeFileSync(image, recoveryImage());
    const torn = await powerEsp(chip, { download: true, serial: `unix:${folder.join("line")}` });
    const first = verb("device", "flash", torn.address, image, "--no-reset");
    await sleep(2500);
    await torn.kill();
    expect((await first).status, "the chip went away").to.equal(1);
    const machine = await powerEsp(chip, { download: true, serial: `unix:${folder.join("line")}` });
    try {
      const { status, json } = await verb("device", "flash", machine.address, image, "--no-reset");
      expect(status, String(json)).to.equal(0);
      expect(json).to.include({ bytes: recoveryImage().length, restarted: false });
      await sleep(20);
    } finally {
      await machine.kill();
    }
    expect(readFileSync(chip.flash).subarray(0, recoveryImage().length).equals(recoveryImage())).to.equal(true);
    const booted = await powerEsp(chip);
    try {
      const client = await UnitClient.connect(booted.address).then(
        (unit) => unit.close(),
        (error: unknown) => error,
      );
      // No slot starts: recovery answers, but not to hello.
      expect(String(client)).to.not.match(/does not answer/);
    } finally {
      await booted.kill();
    }
  });

  it("A13 device harden on the emulator's fuses: nothing without --burn, and its own way in closed after", async function () {
    needsEspQemu(this);
    using folder = new TemporaryFolder();
    const image = await fakeFactoryImage("esp32c3");
    const factory = folder.join("factory.bin");
    writeFileSync(factory, image);
    const chip = espChipWith(folder.join("chip"), image);
    const before = readFileSync(chip.oneTime);
    const journal = folder.join("fuses.jsonl");
    const words = (address: string) => ["device", "harden", address, "--no-reset", "--journal", journal];
    const machine = await powerEsp(chip, { download: true, serial: `unix:${folder.join("line")}` });
    try {
      const shown = await verb(...words(machine.address), "--security-version", "1");
      expect(shown.status, String(shown.json)).to.equal(0);
      expect(readFileSync(chip.oneTime).equals(before), "a dry run").to.equal(true);
      const how = ["--factory", factory, "--burn", "--security-version"];
      const beyond = await verb(...words(machine.address), ...how, "2");
      expect(String(beyond.json), "the release would not start").to.include("SECURITY_VERSION_ROLLBACK");
      expect(readFileSync(chip.oneTime).equals(before), "and nothing is burned").to.equal(true);
      const burned = await verb(...words(machine.address), ...how, "1");
      expect(burned.status, String(burned.json)).to.equal(0);
    } finally {
      await machine.kill();
    }
    const after = readFileSync(chip.oneTime);
    expect(after.readUInt32LE(4)).to.equal((1 << 9) | (1 << 19));
    expect(after.readUInt32LE(16)).to.equal(0b11 | (0b1 << 14));
    expect(readFileSync(journal, "utf8").trim().split("\n")).to.have.length(10);
    const again = await powerEsp(chip, { download: true, serial: `unix:${folder.join("line")}` });
    try {
      expect(await asyncVerdict(() => RomLoader.open(again.address)), "no download mode").to.equal("ROM_LOADER");
    } finally {
      await again.kill();
    }
  });

  it("D10 power cuts at random moments of an update leave a chip that boots", async function () {
    needsEspQemu(this);
    const seed = seedOfRun();
    console.log(`      TOUCHMARK_SEED=${seed}`);
    const { lost, cuts } = await runEspCuts(4, seed, () => undefined);
    expect({ lost, cuts }).to.deep.equal({ lost: 0, cuts: 4 });
  });

  it("A13 the mask ROM's secure boot, fused over a signed bootloader, starts that one and no other", async function () {
    needsEspQemu(this);
    using folder = new TemporaryFolder();
    const chip = makeEspChip(folder.join("chip"));
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const image = await fakeFactoryImage("esp32c3", (bootloader) => signEspImage(bootloader, privateKey));
    const factory = folder.join("factory.bin");
    writeFileSync(factory, image);
    const machine = await powerEsp(chip, { download: true, serial: `unix:${folder.join("line")}` });
    try {
      const flashed = await verb("device", "flash", machine.address, factory, "--no-reset");
      expect(flashed.status, String(flashed.json)).to.equal(0);
      const how = ["--no-reset", "--journal", folder.join("fuses.jsonl"), "--secure-boot", factory, "--burn"];
      const burned = await verb("device", "harden", machine.address, ...how);
      expect(burned.status, String(burned.json)).to.equal(0);
      expect(burned.json).to.include({ burned: true, secureBoot: true });
      await sleep(SETTLE_MS);
    } finally {
      await machine.kill();
    }
    {
      await using unit = await PoweredUnit.on(chip, powerEsp, SETTLE_MS);
      expect(await unit.client.hello()).to.include({ port: "esp32c3", life: "blank" });
    }
    // Both start on a chip that asks for no signature.
    const other = generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey;
    const foreign = await fakeFactoryImage("esp32c3", (bootloader) => signEspImage(bootloader, other));
    for (const contents of [await fakeFactoryImage("esp32c3"), foreign]) {
      writeFlash(chip, contents);
      expect(await asyncVerdict(() => PoweredUnit.on(chip, powerEsp))).to.equal("SERIAL_TIMEOUT");
      await using unasked = await PoweredUnit.on(espChipWith(folder.join("open"), contents), powerEsp);
      expect(await unasked.client.hello()).to.include({ life: "blank" });
    }
  });

  it("a board's stand-in, the emulated chip on a pty, is flashed through its mask ROM and starts", async function () {
    needsEspQemu(this);
    using folder = new TemporaryFolder();
    const chip = makeEspChip(folder.join("chip"));
    const board = folder.join("board");
    let machine = await powerEsp(chip, { download: true });
    symlinkSync(machine.address, board);
    try {
      await tryBoard(board, await fakeFactoryImage("esp32c3"), async () => {
        await sleep(SETTLE_MS);
        await machine.kill();
        rmSync(board);
        machine = await powerEsp(chip);
        symlinkSync(machine.address, board);
      });
    } finally {
      await machine.kill();
    }
  });

  it("a board that TOUCHMARK_PORT names is flashed through its mask ROM and starts", async function () {
    if (TOUCHMARK_PORT === undefined) return this.skip();
    await tryBoard(TOUCHMARK_PORT, readFileSync(process.env["TOUCHMARK_FACTORY"] ?? "build/demo/factory.bin"));
  });
});

/** @param restart where no DTR and RTS do it */
async function tryBoard(port: string, image: Uint8Array, restart?: () => Promise<void>): Promise<void> {
  {
    await using loader = await RomLoader.open(port, { reset: restart === undefined });
    await flashChip(loader, Uint8Array.from(image), () => undefined);
    if (restart === undefined) await loader.restart();
  }
  await restart?.();
  const unit = await UnitClient.connect(port);
  try {
    expect(await unit.hello()).to.include({ port: "esp32c3", life: "blank" });
  } finally {
    await unit.close();
  }
}
