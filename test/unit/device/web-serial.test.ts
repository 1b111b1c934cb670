// SPDX-License-Identifier: Apache-2.0
// How DTR and RTS drive a board into download mode, as far as the line: esptool's documentation, "Boot Mode Selection".
import { expect } from "chai";
import { ESPLoader, Transport as EspTransport } from "esptool-js";
import type { Transport } from "../../../host/src/device/transport.ts";
import { type UsbIds, WebSerial } from "../../../host/src/device/web-serial.ts";

const ESPRESSIF_USB_JTAG = { usbVendorId: 0x303a, usbProductId: 0x1001 };
const CP2102 = { usbVendorId: 0x10c4, usbProductId: 0xea60 };

/** DTR and RTS, each time that one of them changes, in the first reset that is tried. */
async function signals(usb?: UsbIds): Promise<string[]> {
  const seen: string[] = [];
  const transport: Transport = {
    address: "FAKE",
    write: async () => undefined,
    onData: () => undefined,
    onGone: () => undefined,
    setSignals: async ({ dtr, rts }) => {
      const now = `DTR ${dtr ? 1 : 0} RTS ${rts ? 1 : 0}`;
      if (seen.at(-1) !== now) seen.push(now);
    },
    close: async () => undefined,
  };
  const port = new WebSerial(transport, usb) as unknown as ConstructorParameters<typeof EspTransport>[0];
  const terminal = { clean: () => undefined, write: () => undefined, writeLine: () => undefined };
  const line = new EspTransport(port);
  line.trace = () => undefined;
  const loader = new ESPLoader({ transport: line, baudrate: 115_200, terminal });
  await loader.constructResetSequence("default_reset")[0]?.reset();
  return seen;
}

describe("a serial port as esptool-js drives it", () => {
  it("behind an adapter: RTS resets, DTR holds BOOT when the reset ends", async () => {
    const classic = ["DTR 0 RTS 1", "DTR 1 RTS 0", "DTR 0 RTS 0"];
    expect(await signals(CP2102)).to.deep.equal(classic);
    expect(await signals()).to.deep.equal(classic);
  });

  it("of the chip's own USB Serial/JTAG: BOOT is held first, and the reset goes through both", async () => {
    expect(await signals(ESPRESSIF_USB_JTAG)).to.deep.equal([
      ...["DTR 0 RTS 0", "DTR 1 RTS 0", "DTR 1 RTS 1", "DTR 0 RTS 1", "DTR 0 RTS 0"],
    ]);
  });

  it("takes what comes after nobody reads any more", async () => {
    let send: (bytes: Uint8Array) => void = () => undefined;
    const port = new WebSerial({
      address: "FAKE",
      write: async () => undefined,
      onData: (listener) => void (send = listener),
      onGone: () => undefined,
      close: async () => undefined,
    });
    const reader = port.readable.getReader();
    send(Uint8Array.of(1));
    expect((await reader.read()).value).to.deep.equal(Uint8Array.of(1));
    await reader.cancel();
    expect(() => send(Uint8Array.of(2))).to.not.throw();
  });
});
