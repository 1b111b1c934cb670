// SPDX-License-Identifier: Apache-2.0
// The loader in the ESP32-C3's mask ROM, spoken to by esptool-js: no stub of anybody's runs on the chip.
import { setTimeout as sleep } from "node:timers/promises";
import { ESPLoader, Transport as EspTransport } from "esptool-js";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { usbIdsOf } from "./list-ports.ts";
import { openTransport, type Transport, type TransportOptions } from "./transport.ts";
import { WebSerial } from "./web-serial.ts";

export interface RomLoaderOptions extends TransportOptions {
  /** Drives the board into download mode by DTR and RTS; without, it is there already. */
  readonly reset?: boolean;
}

const CHIP = "ESP32-C3";
const BLOCK_BYTES = 0x400;
const ANSWER_MS = 60_000;
// What the mask ROM says at reset is noise to esptool-js, which then gives up at once; on a silent line it takes longer.
const NOISE_MS = 1000;
const NOISE_PAUSE_MS = 100;
const OPEN_ATTEMPTS = 8;
const SYNC_ATTEMPTS = 8;
const SYNC_PAUSE_MS = 200;
const SILENT = { clean: (): void => undefined, write: (): void => undefined, writeLine: (): void => undefined };

export class RomLoader implements AsyncDisposable {
  readonly #loader: ESPLoader;
  readonly #transport: Transport;
  readonly #gone: Promise<never>;

  private constructor(loader: ESPLoader, transport: Transport) {
    this.#loader = loader;
    this.#transport = transport;
    this.#gone = new Promise((_, reject) => transport.onGone(reject));
    this.#gone.catch(() => undefined);
  }

  /** @throws ROM_LOADER where none answers, CHIP_WRONG, SERIAL_PORT */
  static async open(address: string, options: RomLoaderOptions = {}): Promise<RomLoader> {
    const noisyUntil = performance.now() + NOISE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await RomLoader.#connect(address, options);
      } catch (error) {
        // It closes the line itself where it has heard half an answer.
        const isHalf = isTouchmarkError(error, "SERIAL_GONE");
        const isNoise = isTouchmarkError(error, "ROM_LOADER") && performance.now() < noisyUntil;
        if (!(isHalf || isNoise) || attempt === OPEN_ATTEMPTS) throw error;
        await sleep(NOISE_PAUSE_MS);
      }
    }
  }

  static async #connect(address: string, options: RomLoaderOptions): Promise<RomLoader> {
    const transport = await openTransport(address, options);
    // The shape is what esptool-js uses of a browser's port; its types name the whole of it.
    const port = new WebSerial(transport, usbIdsOf(address)) as unknown as ConstructorParameters<
      typeof EspTransport
    >[0];
    const line = new EspTransport(port);
    line.trace = () => undefined; // it prints, also what is no trace
    const loader = new ESPLoader({ transport: line, baudrate: 115_200, terminal: SILENT });
    const opened = new RomLoader(loader, transport);
    try {
      const mode = options.reset === true ? "default_reset" : "no_reset";
      await opened.#ask("nobody answers", () => loader.detectChip(mode, 3));
      if (loader.chip.CHIP_NAME !== CHIP)
        throw new TouchmarkError("CHIP_WRONG", { data: { chip: loader.chip.CHIP_NAME } });
      loader.FLASH_WRITE_SIZE = BLOCK_BYTES;
      return opened;
    } catch (error) {
      await transport.close();
      throw error;
    }
  }

  /** @throws ROM_LOADER */
  async readWord(address: number): Promise<number> {
    return (await this.#ask("read a register", () => this.#loader.readReg(address))) >>> 0;
  }

  /** Whether the loader still takes commands: false once it answers none of several. */
  async answers(): Promise<boolean> {
    for (let attempt = 0; attempt < SYNC_ATTEMPTS; attempt++) {
      try {
        await this.#ask("synchronize", () => this.#loader.sync());
        return true;
      } catch {
        await sleep(SYNC_PAUSE_MS);
      }
    }
    return false;
  }

  /** @param settleMicroseconds that the chip waits before it answers @throws ROM_LOADER */
  async writeWord(address: number, value: number, settleMicroseconds = 0): Promise<void> {
    const every = 0xffff_ffff;
    const write = () => this.#loader.writeReg(address, value >>> 0, every, 0, settleMicroseconds);
    await this.#ask("write a register", write);
  }

  /** Bytes of the flash, by its JEDEC id. @throws ROM_LOADER, CHIP_WRONG for an id that says none */
  async flashBytes(): Promise<number> {
    await this.#ask("attach the flash", () => this.#loader.flashSpiAttach(0));
    const id = await this.#ask("read the flash's id", () => this.#loader.readFlashId());
    const exponent = (id >>> 16) & 0xff;
    if (exponent < 16 || exponent > 28) throw new TouchmarkError("CHIP_WRONG", { data: { flashId: id } });
    return 2 ** exponent;
  }

  /** MD5 of what stands in flash, as the chip reads it. @throws ROM_LOADER */
  async flashDigest(offset: number, length: number): Promise<string> {
    // The mask ROM answers in hexadecimal digits, which esptool-js, made for its stub's raw bytes, encodes once more.
    const twice = await this.#ask("read the flash back", () => this.#loader.flashMd5sum(offset, length));
    const digest = Buffer.from(twice, "hex").toString("latin1");
    if (!/^[0-9a-f]{32}$/.test(digest)) throw new TouchmarkError("ROM_LOADER", { data: { what: "no MD5", digest } });
    return digest;
  }

  /** Erases what the bytes cover and writes them. @throws ROM_LOADER */
  async writeFlash(offset: number, bytes: Uint8Array, onBlock: (bytes: number) => void): Promise<void> {
    const blocks = await this.#ask("erase", () => this.#loader.flashBegin(bytes.length, offset));
    for (let block = 0; block < blocks; block++) {
      const part = new Uint8Array(BLOCK_BYTES).fill(0xff);
      part.set(bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
      await this.#ask("write the flash", () => this.#loader.flashBlock(part, block, ANSWER_MS));
      onBlock(Math.min((block + 1) * BLOCK_BYTES, bytes.length));
    }
  }

  /** Starts what is in flash, where the line has the signals. True if it could. @throws SERIAL_PORT */
  async restart(): Promise<boolean> {
    const { setSignals } = this.#transport;
    if (setSignals === undefined) return false;
    await setSignals({ dtr: false, rts: true });
    await sleep(100);
    await setSignals({ dtr: false, rts: false });
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transport.close();
  }

  async #ask<T>(what: string, command: () => Promise<T>): Promise<T> {
    using timer = new Deadline(ANSWER_MS);
    try {
      return await Promise.race([command(), timer.passed, this.#gone]);
    } catch (cause) {
      if (isTouchmarkError(cause)) throw cause;
      const said = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
      const isOtherChip = cause instanceof Error && cause.message.startsWith("Unexpected");
      throw new TouchmarkError(isOtherChip ? "CHIP_WRONG" : "ROM_LOADER", { data: { what, said }, cause });
    }
  }
}

class Deadline implements Disposable {
  readonly passed: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.passed = promise;
    promise.catch(() => undefined);
    this.#timer = setTimeout(() => reject(new Error("no answer in time")), milliseconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
