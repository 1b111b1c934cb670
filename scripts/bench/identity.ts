// SPDX-License-Identifier: Apache-2.0
// Instructions of key birth, signing and verifying on rv32imc, counted by a program that does nothing else
// (firmware/bench/identity.c) under QEMU's exact instruction count.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeChip } from "../../host/src/device/chip-files.ts";
import { QEMU } from "../../host/src/device/qemu.ts";
import { flash } from "../../host/src/protocol/generated.ts";
import type { Figure } from "./figure.ts";

const ANCHORS: Readonly<Record<string, readonly [figure: string, note: string, anchor?: string]>> = {
  birth: ["identity.birth", "a key drawn from the seeded generator, its public key, wrapped"],
  sign: ["identity.sign", "RFC 6979 with added entropy, v with it", "libsecp256k1 0.5.0: 1.16 M"],
  deviceSign: ["identity.deviceSign", "unwrapped, signed, and verified before it leaves"],
  verify: ["identity.verify", "one", "libsecp256k1 0.5.0: 2.15 M"],
};

export async function identityFigures(): Promise<Figure[]> {
  execFileSync("make", ["-s", "-C", "firmware", "bench"], { stdio: ["ignore", "ignore", "inherit"] });
  const folder = mkdtempSync(join(tmpdir(), "touchmark-bench-"));
  try {
    const counts = await run(makeChip(folder, new Uint8Array()).oneTime);
    return Object.entries(ANCHORS).map(([name, [figure, note, anchor]]) => ({
      figure,
      value: counts.get(name) ?? Number.NaN,
      unit: "instructions",
      ...(anchor !== undefined && { anchor }),
      note,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(oneTime: string): Promise<Map<string, number>> {
  const child = spawn(QEMU, [
    ...["-M", "virt", "-cpu", "rv32,a=off,f=off,d=off", "-m", `${flash.virt.ramBytes >> 20}M`],
    ...["-bios", "none", "-display", "none", "-monitor", "none", "-serial", "stdio"],
    ...["-device", `loader,file=build/firmware/virt/bench.bin,addr=${flash.virt.ramBase},force-raw=on`],
    ...["-icount", "shift=0,sleep=off"],
    ...["-drive", `if=pflash,unit=1,format=raw,file=${oneTime.replaceAll(",", ",,")}`],
    ...["-global", "virtio-mmio.force-legacy=false", "-device", "virtio-rng-device"],
  ]);
  const counts = new Map<string, number>();
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    child.stderr.on("data", (bytes: Buffer) => said.push(bytes.toString()));
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${QEMU} ended: ${said.join("")}`)));
    createInterface(child.stdout).on("line", (line) => {
      const [name = "", value] = line.trim().split(" ");
      if (value !== undefined) counts.set(name, Number(value));
      if (name !== "done" && name !== "failed") return;
      child.kill("SIGKILL");
      if (name === "done") resolve(counts);
      else reject(new Error("the program could not measure"));
    });
  });
}
