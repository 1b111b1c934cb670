// SPDX-License-Identifier: Apache-2.0
// The road to key birth, read from the linked images: COLDCARD's ended, after an #ifndef, at a generator without entropy.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { type CallGraph, callersOf, callGraph, reached } from "../support/call-graph.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

/** Where a port's source of noise is read: the function, and the load of its device's address. */
const SOURCES = {
  virt: { reads: "virt_virtio_find", address: /\blui\s+\w+,0x10001\b/ },
  esp32c3: { reads: "gather", address: /\blui\s+\w+,0x60026\b/ },
} as const;
type Port = keyof typeof SOURCES;

/** Names of generators that are no source: libc's, and those that projects were undone by. */
const GENERATORS =
  /^_?(s?rand(om)?(_r)?|[dejlmn]rand48(_r)?|arc4random|yasmarang|mt19937\w*|pcg\d*|xorshift\w*|\w*prng\w*)$/i;

/** What is wrong with the road; empty where nothing is. @param birth the function that makes the key */
function faults(graph: CallGraph, { reads, address }: (typeof SOURCES)[Port], birth: string): string[] {
  const road = reached(graph, birth);
  const found: string[] = [];
  for (const step of ["tm_random", "port_entropy"]) if (!road.has(step)) found.push(`${birth} does not reach ${step}`);
  const seeds = callersOf(graph, "port_entropy").filter((name) => name !== "tm_app");
  if (!seeds.every((name) => /^tm_(health|drbg|random)/.test(name))) found.push(`${seeds.join()} takes raw noise`);
  const source = reached(graph, "port_entropy");
  const device = graph.get(reads)?.lines.some((line) => address.test(line)) === true;
  const toDevice = source.has(reads) || source.has("device");
  if (!device || !toDevice) found.push("port_entropy does not read the port's device");
  for (const name of graph.keys()) if (GENERATORS.test(name)) found.push(`${name} is linked`);
  return found;
}

describe("the road to key birth", function () {
  this.timeout(60_000);

  for (const [port, source] of Object.entries(SOURCES)) {
    it(`A11 of the ${port} image passes its hardware source, and no generator is linked`, () => {
      const graph = callGraph(`build/firmware/${port}/app.elf`);
      expect(faults(graph, source, "tm_touchmark_begin")).to.deep.equal([]);
      expect(reached(graph, "tm_touchmark_begin").size).to.be.greaterThan(20);
    });
  }

  it("A11 has no condition of the preprocessor at any port's source", () => {
    const files = globSync("firmware/ports/*/entropy.c");
    expect(files.length).to.be.greaterThan(1);
    for (const path of files) expect(readFileSync(path, "utf8"), path).not.to.match(/^\s*#\s*(if|else|elif)/m);
  });

  describe("linked anew with another source", () => {
    let folder: TemporaryFolder;
    before(() => {
      folder = new TemporaryFolder();
    });
    after(() => folder[Symbol.dispose]());

    /** Key birth and what it needs, with this in the place of ports/virt/entropy.c. */
    function linked(name: string, entropy: string): CallGraph {
      const [source, elf] = [folder.join(`${name}.c`), folder.join(`${name}.elf`)];
      writeFileSync(source, entropy);
      const core = ["device_key", "random", "drbg", "health", "hmac", "sha256", "bytes"];
      const parts = core.map((part) => `firmware/core/${part}.c`).filter((path) => existsSync(path));
      const flags = [
        "-Os",
        "-march=rv32imc",
        "-misa-spec=2.2",
        "-mabi=ilp32",
        "--specs=picolibc.specs",
        "-nostartfiles",
      ];
      const includes = ["firmware/core", "firmware/core/generated", "firmware/ports", "firmware/ports/virt"];
      const link = ["-Wl,--unresolved-symbols=ignore-all", "-Wl,-e,tm_device_key_birth"];
      const all = [...flags, ...includes.map((path) => `-I${path}`), ...link, ...parts, source, "-o", elf];
      execFileSync("riscv64-unknown-elf-gcc", all, { stdio: "pipe" });
      return callGraph(elf);
    }

    const start = '#include "port.h"\n#include <stdlib.h>\n';
    const head = "tm_error port_entropy(void *ctx, uint8_t *to, size_t len) { (void)ctx;";

    it("A11 finds a fallback that computes its noise", () => {
      const body =
        "static uint32_t s = 1; while (len--) *to++ = (uint8_t)(s = s * 1664525u + 1013904223u); return TM_OK; }";
      const found = faults(linked("computed", `${start}${head}${body}`), SOURCES.virt, "tm_device_key_birth");
      expect(found).to.deep.equal(["port_entropy does not read the port's device"]);
    });

    it("A11 finds the C library's generator", () => {
      const body = "while (len--) *to++ = (uint8_t)rand(); return TM_OK; }";
      const found = faults(linked("libc", `${start}${head}${body}`), SOURCES.virt, "tm_device_key_birth");
      expect(found).to.include("rand is linked");
    });

    it("A11 finds a key that is drawn past the health tests", () => {
      const random = "tm_error tm_wrap() { uint8_t raw[32]; return port_entropy(0, raw, 32); }";
      const graph = linked(
        "raw",
        `${start}__attribute__((noipa)) ${head} (void)to; (void)len; return TM_OK; }\n${random}`,
      );
      expect(faults(graph, SOURCES.virt, "tm_device_key_birth").join()).to.match(/tm_wrap.* takes raw noise/);
    });
  });
});
