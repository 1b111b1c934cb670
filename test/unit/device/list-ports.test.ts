// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { listSerialPorts, usbIdsOf } from "../../../host/src/device/list-ports.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

describe("serial ports", () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = new TemporaryFolder();
    mkdirSync(folder.join("class"));
  });
  afterEach(() => folder[Symbol.dispose]());

  function tty(name: string, files: Readonly<Record<string, string>>, device?: string): void {
    mkdirSync(folder.join("class", name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(folder.join("class", name, file), `${text}\n`);
    if (device !== undefined) symlinkSync(device, folder.join("class", name, "device"));
  }

  it("are those with hardware behind them, in order", () => {
    const usb = folder.join("usb", "1-1");
    mkdirSync(folder.join("usb", "1-1", "1-1:1.0"), { recursive: true });
    for (const [file, text] of [
      ["idVendor", "303a"],
      ["idProduct", "1001"],
      ["product", "USB JTAG/serial debug unit"],
      ["serial", "7C:DF"],
    ] as const)
      writeFileSync(`${usb}/${file}`, `${text}\n`);
    tty("ttyUSB0", {}, folder.join("usb", "1-1", "1-1:1.0"));
    tty("ttyACM0", {}, folder.join("usb"));
    tty("ttyS0", { type: "4" }, folder.join("usb"));
    tty("ttyS1", { type: "0" }, folder.join("usb"));
    tty("tty1", {});
    expect(listSerialPorts(folder.join("class"))).to.deep.equal([
      { path: "/dev/ttyACM0" },
      { path: "/dev/ttyS0" },
      { path: "/dev/ttyUSB0", usb: { id: "303a:1001", product: "USB JTAG/serial debug unit", serialNumber: "7C:DF" } },
    ]);
    const ids = { usbVendorId: 0x303a, usbProductId: 0x1001 };
    expect(usbIdsOf("/dev/ttyUSB0", folder.join("class"))).to.deep.equal(ids);
    expect(usbIdsOf("/dev/ttyS0", folder.join("class"))).to.equal(undefined);
    expect(usbIdsOf("unix:/tmp/x", folder.join("class"))).to.equal(undefined);
  });

  it("are none where there is no sysfs", () => {
    expect(listSerialPorts("/nowhere")).to.deep.equal([]);
  });
});
