// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const IMAGES = ["bootloader.bin", "app.bin"];

/** Builds the copy of the firmware in `folder`; the SHA-256 of each image. */
function build(folder: string, environment: Readonly<Record<string, string>>): string[] {
  const make = ["-C", join(folder, "firmware"), "--no-print-directory", "-j2", "bootloader", "app"];
  execFileSync("make", make, { env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "pipe"] });
  return IMAGES.map((image) => {
    const bytes = readFileSync(join(folder, "build/firmware/virt", image));
    expect(bytes.length, image).to.be.greaterThan(4096);
    return createHash("sha256").update(bytes).digest("hex");
  });
}

describe("reproducible build", () => {
  const folders: string[] = [];
  const folder = (prefix: string): string => {
    const path = mkdtempSync(join(tmpdir(), prefix));
    folders.push(path);
    return path;
  };

  after(() => {
    for (const path of folders) rmSync(path, { recursive: true, force: true });
  });

  it("E5 two copies in different folders, zones and locales build the same bootloader and app", () => {
    const first = folder("a-");
    const second = folder("a-much-longer-name-for-the-same-sources-");
    cpSync("firmware", join(first, "firmware"), { recursive: true });
    cpSync(join(first, "firmware"), join(second, "firmware"), { recursive: true });
    expect(build(first, { TZ: "UTC", LC_ALL: "C" })).to.deep.equal(
      build(second, { TZ: "Asia/Tokyo", LC_ALL: "C.UTF-8" }),
    );
  });
});
