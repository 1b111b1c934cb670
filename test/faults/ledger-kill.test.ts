// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Ledger } from "../../host/src/ledger/ledger.ts";

const writer = join(import.meta.dirname, "../support/ledger-writer.ts");

describe("a station that is killed", () => {
  it("A16 has every certificate that it handed out, and no half row, at each of 4 kills", async () => {
    const folder = mkdtempSync(join(tmpdir(), "touchmark-kill-"));
    const path = join(folder, "ledger.sqlite");
    const handedOut: string[] = [];
    try {
      for (let kill = 0; kill < 4; kill += 1) {
        const child = spawn(process.execPath, [writer, path], { stdio: ["ignore", "pipe", "inherit"] });
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
          if (text.split("\n").length > 5 + 3 * kill) child.kill("SIGKILL");
        });
        await once(child, "close");
        handedOut.push(...text.split("\n").slice(0, -1));
      }
      using ledger = new Ledger(path);
      const units = ledger.units.all();
      expect(units.map(({ address }) => address)).to.include.members(handedOut);
      expect(units.length).to.be.within(handedOut.length, handedOut.length + 4);
      expect(ledger.certificates.ofRole("device")).to.have.length(units.length);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
