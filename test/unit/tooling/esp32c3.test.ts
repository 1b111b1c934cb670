// SPDX-License-Identifier: Apache-2.0
// What can be said of the ESP32-C3's firmware without a chip: its instruction set, its image, its sources.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { decodeEspImage } from "../../../host/src/protocol/esp-image.ts";
import { flash } from "../../../host/src/protocol/generated.ts";

const BUILD = "build/firmware/esp32c3";
const PORT = "firmware/ports/esp32c3";
const CROSS = "riscv64-unknown-elf-";
const { regions, imageBytes } = flash.esp32c3;

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
