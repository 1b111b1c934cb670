// SPDX-License-Identifier: Apache-2.0
// One suite over every port: firmware/test/conformance.c in the place of its bootloader.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { makeChip } from "../../host/src/device/chip-files.ts";
import { startHostUnit } from "../../host/src/device/host-unit.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { openTransport } from "../../host/src/device/transport.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";
import { espChipWith, needsEspQemu, powerEsp } from "../support/esp-chip.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const BUILD = "build/firmware";

const PORTS: Record<string, (folder: TemporaryFolder) => Promise<VirtualUnit>> = {
  host: (folder) =>
    startHostUnit(`${BUILD}/host/conformance`, makeChip(folder.join("chip"), new Uint8Array()), folder.join("line")),
  virt: (folder) => startQemu(makeChip(folder.join("chip"), readFileSync(`${BUILD}/virt/conformance.bin`))),
  esp32c3: (folder) => powerEsp(espChipWith(folder.join("chip"), `${BUILD}/esp32c3/conformance.bin`)),
};

/** What the suite says until a line matches. It begins with the first byte that it gets. */
async function listen(address: string, end: RegExp): Promise<string[]> {
  const transport = await openTransport(address);
  const poke = setInterval(() => void transport.write(Uint8Array.of(10)), 200);
  try {
    return await new Promise((resolve, reject) => {
      let text = "";
      transport.onGone(reject);
      transport.onData((bytes) => {
        text += Buffer.from(bytes).toString("latin1").replaceAll("\r", "");
        if (end.test(text)) resolve(text.split("\n").filter((line) => /^(not ok|ok|#) /.test(line)));
      });
    });
  } finally {
    clearInterval(poke);
    await transport.close();
  }
}

describe("port conformance", function () {
  this.timeout(60_000);

  before(function () {
    this.timeout(180_000);
    execFileSync("make", ["-s", "-C", "firmware", "conformance"]);
  });

  for (const [port, start] of Object.entries(PORTS)) {
    it(`D10 D33 ${port} keeps the promises of port.h, before and after the reset by a watchdog that is not fed`, async function () {
      if (port === "esp32c3") needsEspQemu(this);
      using folder = new TemporaryFolder();
      const unit = await start(folder);
      try {
        const first = await listen(unit.address, /# reset after \d+\n/);
        expect(first.filter((line) => line.startsWith("not ok"))).to.deep.equal([]);
        expect(first.filter((line) => line.startsWith("ok")).length).to.be.greaterThan(35);
        const second = await listen(unit.address, /# end after \d+\n/);
        expect(second.filter((line) => line.startsWith("not ok"))).to.deep.equal([]);
        expect(second.at(-1)).to.equal("# end after 6");
      } finally {
        await unit.kill();
      }
    });
  }
});
