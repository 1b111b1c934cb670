// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:net";
import { expect } from "chai";
import { type ChipFiles, makeChip } from "../../host/src/device/chip-files.ts";
import { startHostUnit } from "../../host/src/device/host-unit.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { openTransport } from "../../host/src/device/transport.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";
import { fakeFactoryImage } from "../support/fake-factory.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const HOST_UNIT = new URL("../../build/firmware/host/touchmark-unit", import.meta.url).pathname;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("a unit's serial line", function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let chip: ChipFiles;

  beforeEach(async () => {
    folder = new TemporaryFolder();
    chip = makeChip(folder.join("chip"), await fakeFactoryImage());
  });
  afterEach(() => folder[Symbol.dispose]());

  const lines: readonly [name: string, start: (chip: ChipFiles) => Promise<VirtualUnit>][] = [
    ["a pty", startQemu],
    ["a Unix socket", (files) => startQemu(files, { serial: `unix:${folder.join("unit.sock")}` })],
    ["TCP", async (files) => startQemu(files, { serial: `tcp:127.0.0.1:${await freePort()}` })],
    ["a process of this machine", (files) => startHostUnit(HOST_UNIT, files, folder.join("unit.sock"))],
  ];
  for (const [name, start] of lines) {
    it(`echoes over ${name}`, async () => {
      await using unit = await PoweredUnit.on(chip, start);
      const text = "x".repeat(1_500);
      expect(await unit.client.echo(text)).to.equal(text);
      expect((await unit.client.hello()).life).to.equal("blank");
    });
  }

  it("A7 answers after garbage, half a packet and a boot log's noise", async () => {
    await using unit = await PoweredUnit.on(chip, (files) => startQemu(files, { serial: `unix:${folder.join("s")}` }));
    const { chipId } = await unit.client.hello();
    await unit.client.close();
    const transport = await openTransport(unit.machine.address);
    const client = new UnitClient(new SmpClient(transport));
    const junk = [
      Uint8Array.from({ length: 3_000 }, (_, i) => (i * 31) & 0xff),
      Buffer.from("\u0006\tAAAA"),
      Buffer.from("ESP-ROM:esp32c3-api1-20210207\r\n\u0006\u0006\t\u0004\u0014====\n"),
    ];
    for (const bytes of junk) {
      await transport.write(bytes);
      expect((await client.waitForHello()).chipId).to.equal(chipId);
    }
    await client.close();
  });

  it("A6 says that the unit is gone when it is unplugged", async () => {
    await using unit = await PoweredUnit.on(chip);
    const asked = refusal(unit.client.echo("x").then(() => unit.client.upload(new Uint8Array(200_000))));
    await unit.machine.kill();
    expect((await asked).code).to.equal("SERIAL_GONE");
  });

  it("belongs to one program at a time", async () => {
    await using unit = await PoweredUnit.on(chip);
    expect((await refusal(UnitClient.connect(unit.machine.address))).code).to.equal("SERIAL_PORT");
  });

  it("leads to the same chip after a power cycle", async () => {
    const ids = [];
    for (let start = 0; start < 2; start++) {
      await using unit = await PoweredUnit.on(chip);
      ids.push((await unit.client.hello()).chipId);
    }
    expect(ids[1]).to.equal(ids[0]);
  });
});
