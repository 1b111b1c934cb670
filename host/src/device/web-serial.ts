// SPDX-License-Identifier: Apache-2.0
// A transport in the shape of a browser's serial port, which is what esptool-js drives.
import { TouchmarkError } from "../errors.ts";
import type { Transport } from "./transport.ts";

/** What the other side may send beyond its share: a boot log, and answers that came late. */
const SPARE_BYTES = 65_536;

/** Answers are smaller than their commands, but for a few words. */
const SHARE = 4;

/** Of the USB device behind the port: by them esptool-js tells a USB Serial/JTAG controller, which wants another reset. */
export interface UsbIds {
  readonly usbVendorId: number;
  readonly usbProductId: number;
}

/** The part of Web Serial's SerialPort that esptool-js uses. */
export class WebSerial {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly #transport: Transport;
  readonly #usb: UsbIds | undefined;
  #allowed = SPARE_BYTES;
  #signals = { dtr: false, rts: false };

  constructor(transport: Transport, usb?: UsbIds) {
    this.#transport = transport;
    this.#usb = usb;
    let isOpen = true;
    this.readable = new ReadableStream({
      // What comes after esptool-js has stopped reading is nobody's.
      cancel: () => {
        isOpen = false;
      },
      start: (controller) => {
        const end = (error: TouchmarkError): void => {
          if (isOpen) controller.error(error);
          isOpen = false;
        };
        transport.onGone(end);
        transport.onData((bytes) => {
          this.#allowed -= bytes.length;
          if (this.#allowed < 0) end(new TouchmarkError("ROM_LOADER", { data: { what: "sends without end" } }));
          else if (isOpen) controller.enqueue(Uint8Array.from(bytes));
        });
      },
    });
    this.writable = new WritableStream({
      write: async (bytes) => {
        this.#allowed += bytes.length * SHARE;
        await transport.write(bytes);
      },
    });
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  getInfo(): Partial<UsbIds> {
    return this.#usb ?? {};
  }

  async setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void> {
    const { dataTerminalReady: dtr = this.#signals.dtr, requestToSend: rts = this.#signals.rts } = signals;
    this.#signals = { dtr, rts };
    await this.#transport.setSignals?.(this.#signals);
  }
}
