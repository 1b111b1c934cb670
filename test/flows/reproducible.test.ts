// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const IMAGES = ["bootloader.bin", "app.bin"];

/** Builds the firmware from a copy of its sources in `folder`; the SHA-256 of each image. */
function build(folder: string): string[] {
  cpSync("firmware", join(folder, "firmware"), { recursive: true });
  const make = ["-C", join(folder, "firmware"), "--no-print-directory", "-j2", "bootloader", "app"];
  execFileSync("make", make, { stdio: ["ignore", "ignore", "pipe"] });
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

  it("E5 two clean copies in different folders build the same bootloader and app, byte for byte", () => {
    expect(build(folder("a-"))).to.deep.equal(build(folder("a-much-longer-name-for-the-same-sources-")));
  });
});
