// SPDX-License-Identifier: Apache-2.0
// What can be said of the ESP32-C3's firmware without a chip: its instruction set, its image, its sources.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { FUSE_TIMING } from "../../../host/src/device/fuses.ts";
import { decodeEspImage } from "../../../host/src/protocol/esp-image.ts";
import { flash } from "../../../host/src/protocol/generated.ts";

const BUILD = "build/firmware/esp32c3";
const PORT = "firmware/ports/esp32c3";
const CROSS = "riscv64-unknown-elf-";
const { regions, imageBytes } = flash.esp32c3;

// ESP-IDF, components/soc/esp32c3/include/soc/efuse_reg.h: offsets from DR_REG_EFUSE_BASE, 0x60008800 (soc/reg_base.h).
const EFUSE_REG = {
  EFUSE_RD_RS_ERR0_REG: 0x1c0,
  EFUSE_CONF_REG: 0x1cc,
  EFUSE_CMD_REG: 0x1d4,
  EFUSE_DAC_CONF_REG: 0x1e8,
  EFUSE_WR_TIM_CONF1_REG: 0x1f0,
  EFUSE_WR_TIM_CONF2_REG: 0x1f4,
} as const;
// ESP-IDF, components/esp_rom/esp32c3/ld/esp32c3.rom.ld.
const ROM_LD = {
  rom_flash_erase: 0x40000128, // esp_rom_spiflash_erase_sector
  rom_flash_write: 0x4000012c,
  rom_flash_read: 0x40000130,
  rom_flash_configure: 0x40000134, // esp_rom_spiflash_config_param
  rom_flash_unlock: 0x40000140,
  rom_flash_status: 0x40000158, // esp_rom_spiflash_read_status
  rom_cpu_frequency: 0x40000588, // ets_update_cpu_frequency
} as const;

const tool = (name: string, ...args: string[]): string =>
  execFileSync(CROSS + name, args, { encoding: "utf8", maxBuffer: 1 << 28 });

describe("the ESP32-C3's firmware", function () {
  this.timeout(300_000); // it may have to be built

  before(() => {
    execFileSync("make", ["-s", "-C", "firmware", "esp32c3"]);
  });

  for (const program of ["bootloader", "app"]) {
    it(`${program}: rv32imc and nothing more`, () => {
      const elf = `${BUILD}/${program}.elf`;
      expect(tool("readelf", "-A", elf)).to.match(/Tag_RISCV_arch: "rv32i2p1_m2p0_c2p0(_zmmul1p0)?"/);
      const code = tool("objdump", "-d", "--no-show-raw-insn", elf).replaceAll(/^.*\.2byte\s+0x0$/gm, ""); // padding
      const mnemonics = new Set([...code.matchAll(/^\s*[0-9a-f]+:\s+([\w.]+)/gm)].map(([, name = ""]) => name));
      expect(mnemonics.size).to.be.greaterThan(40);
      const foreign = [...mnemonics].filter((name) =>
        /^(c\.)?f(?!ence)|^(lr|sc|amo\w+)\.|\.[sd]$|^\.\w+|unknown/.test(name),
      );
      expect(foreign).to.deep.equal([]);
      // The chip has no mie, mip, cycle or instret: each would be an exception.
      const uses = code.matchAll(/\bcsr(?:(?:r|rs|rw|rc)i?\s+\w+,(\w+)|\w+\s+(\w+))/g);
      const registers = new Set([...uses].map(([, read, written]) => read ?? written));
      expect([...registers]).to.include.members(["mcause", "mstatus", "mtvec"]);
      expect([...registers].filter((name) => !/^(mcause|mstatus|mtvec|0x7e[012])$/.test(name ?? ""))).to.deep.equal([]);
    });
  }

  it("bootloader.bin is an image that the mask ROM starts, inside its region", () => {
    const bytes = readFileSync(`${BUILD}/bootloader.bin`);
    const { segments, entry } = decodeEspImage(bytes);
    expect(bytes.length).to.be.at.most(regions.bootloader.size);
    expect(entry).to.equal(0x403c0000);
    for (const { address } of segments) expect(address, "above the image that it loads").to.be.at.least(0x3fcc0000);
  });

  it("app.bin fits the image region and begins with its first instruction", () => {
    const bytes = readFileSync(`${BUILD}/app.bin`);
    expect(bytes.length).to.be.at.most(imageBytes);
    const start = /^([0-9a-f]+) T _start$/m.exec(tool("nm", `${BUILD}/app.elf`))?.[1];
    expect(start).to.equal("40380000");
  });

  it("reaches registers through one header alone", () => {
    const sources = readdirSync(PORT).filter((name) => /\.[chS]$/.test(name) && name !== "registers.h");
    const direct = sources.filter((name) =>
      /volatile\s+\w+\s*\*|0x600[0-9a-f]{5}/i.test(readFileSync(`${PORT}/${name}`, "utf8")),
    );
    expect(sources.length).to.be.greaterThan(10);
    expect(direct).to.deep.equal([]);
    expect(readFileSync(`${PORT}/registers.h`, "utf8").match(/volatile/g)?.length).to.equal(2);
  });

  it("programs fuses through the registers that ESP-IDF names, from firmware and host alike", () => {
    const header = readFileSync(`${PORT}/registers.h`, "utf8");
    const ours = (name: string): number =>
      Number(new RegExp(`#define ${name}(?:\\(\\w+\\))? \\(?(0x[0-9a-f]+)u`).exec(header)?.[1]) - 0x60008800;
    expect({
      EFUSE_RD_RS_ERR0_REG: ours("EFUSE_CODING_ERRORS"),
      EFUSE_CONF_REG: ours("EFUSE_CONF"),
      EFUSE_CMD_REG: ours("EFUSE_COMMAND"),
      EFUSE_DAC_CONF_REG: ours("EFUSE_DAC"),
      EFUSE_WR_TIM_CONF1_REG: ours("EFUSE_WRITE_TIMING1"),
      EFUSE_WR_TIM_CONF2_REG: ours("EFUSE_WRITE_TIMING2"),
    }).to.deep.equal(EFUSE_REG);
    // efuse_hal.c: DAC_NUM 0xff, DAC_CLK_DIV 0x28; PWR_ON_NUM 0x3000 in [23:8]; PWR_OFF_NUM 0x190 in [15:0].
    expect(FUSE_TIMING.map(([address, value]) => [address - 0x60008800, value])).to.deep.equal([
      [EFUSE_REG.EFUSE_DAC_CONF_REG, 0x1fe28],
      [EFUSE_REG.EFUSE_WR_TIM_CONF1_REG, 0x300000],
      [EFUSE_REG.EFUSE_WR_TIM_CONF2_REG, 0x190],
    ]);
  });

  it("calls the mask ROM at the addresses that ESP-IDF's linker script gives", () => {
    const header = readFileSync(`${PORT}/rom.h`, "utf8");
    for (const [name, address] of Object.entries(ROM_LD))
      expect(header, name).to.include(`#define ${name} ROM_CALL(${name}, 0x${address.toString(16)}u)`);
  });

  it("names its files as the other ports do", () => {
    const names = (port: string): string[] =>
      readdirSync(`firmware/ports/${port}`).filter((name) => name.endsWith(".c"));
    const promised = ["clock.c", "console.c", "entropy.c", "flash.c", "launch.c", "one_time.c", "power.c", "sense.c"];
    for (const port of ["host", "virt", "esp32c3"]) expect(names(port), port).to.include.members(promised);
  });

  it("the example component for ESP-IDF compiles against IDF's signatures", () => {
    const folder = "firmware/examples/esp-idf";
    const flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow", "-fsyntax-only"];
    const includes = [`${folder}/stubs`, "firmware/core", "firmware/ports"].map((path) => `-I${path}`);
    execFileSync("cc", [...flags, ...includes, `${folder}/touchmark_port.c`]);
  });

  it("prints its sizes beside those of virt", () => {
    const sizes = execFileSync("make", ["-s", "-C", "firmware", "sizes"], { encoding: "utf8" });
    for (const line of sizes.trimEnd().split("\n")) console.log(`      ${line}`);
    for (const port of ["virt", "esp32c3"])
      for (const program of ["bootloader", "app"]) expect(sizes).to.include(`${port}/${program}.elf`);
  });
});
