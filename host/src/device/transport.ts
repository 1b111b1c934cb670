// SPDX-License-Identifier: Apache-2.0
// A byte stream to a unit. What is behind it (a tty, a pty, a socket) shows only in its address.
import type { Duplex } from "node:stream";
import { TouchmarkError } from "../errors.ts";
import { openSerial } from "./serial.ts";
import { openSocket } from "./socket.ts";

export interface Transport {
  readonly address: string;
  /** Resolves when the bytes are handed to the operating system. @throws SERIAL_GONE. */
  write(bytes: Uint8Array): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, when the other side is gone; at once if it already is. */
  onGone(listener: (error: TouchmarkError) => void): void;
  /** Of a serial line that has them: how a board's reset and boot mode are driven. */
  readonly setSignals?: SetSignals;
  close(): Promise<void>;
}

export type SetSignals = (signals: { readonly dtr: boolean; readonly rts: boolean }) => Promise<void>;

export interface TransportOptions {
  /** Bits a second, for serial lines. */
  readonly baudRate?: number;
}

export const DEFAULT_BAUD_RATE = 115_200;

/** An open stream and the way to close it, which SerialPort has of its own. */
export interface OpenStream {
  readonly stream: Duplex;
  readonly setSignals?: SetSignals;
  close(): Promise<void>;
}

/** `/dev/…` or COMn, `unix:PATH`, `tcp:HOST:PORT`. @throws SERIAL_PORT, USAGE for an address that is none. */
export async function openTransport(address: string, options: TransportOptions = {}): Promise<Transport> {
  if (address === "") {
    throw new TouchmarkError("USAGE", { data: { port: address, expected: "/dev/…, unix:PATH or tcp:HOST:PORT" } });
  }
  const isSocket = /^(unix|tcp):/.test(address);
  const open = isSocket ? await openSocket(address) : await openSerial(address, options.baudRate ?? DEFAULT_BAUD_RATE);
  return new StreamTransport(address, open);
}

// Reading never pauses: without a data listener an unplugged tty goes unnoticed.
class StreamTransport implements Transport {
  readonly address: string;
  readonly setSignals?: SetSignals;
  readonly #open: OpenStream;
  readonly #dataListeners: ((bytes: Uint8Array) => void)[] = [];
  readonly #goneListeners: ((error: TouchmarkError) => void)[] = [];
  #gone: TouchmarkError | undefined;

  constructor(address: string, open: OpenStream) {
    this.address = address;
    this.#open = open;
    if (open.setSignals) this.setSignals = open.setSignals;
    open.stream.on("data", (bytes: Uint8Array) => {
      for (const listener of this.#dataListeners) listener(bytes);
    });
    open.stream.on("error", (cause) => this.#leave(cause));
    open.stream.on("end", () => this.#leave());
    open.stream.on("close", (cause?: unknown) => this.#leave(cause));
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(this.#gone);
      this.#open.stream.write(bytes, (cause) => (cause ? reject(this.#leave(cause)) : resolve()));
    });
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#dataListeners.push(listener);
  }

  onGone(listener: (error: TouchmarkError) => void): void {
    if (this.#gone) listener(this.#gone);
    else this.#goneListeners.push(listener);
  }

  async close(): Promise<void> {
    await this.#open.close();
  }

  #leave(cause?: unknown): TouchmarkError {
    if (this.#gone) return this.#gone;
    this.#gone = new TouchmarkError("SERIAL_GONE", { data: { port: this.address }, cause });
    for (const listener of this.#goneListeners) listener(this.#gone);
    return this.#gone;
  }
}
