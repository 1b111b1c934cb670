// SPDX-License-Identifier: Apache-2.0
// A chip in download mode as far as its loader can be seen from outside, for faults that no real chip is brought to:
// registers, fuses that burn, flash. The protocol: esptool's documentation, "Serial Protocol".
import { createHash } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";

export interface PeerFaults {
  /** 5 is the ESP32-C3's. */
  readonly chipId?: number;
  readonly flashId?: number;
  /** Answers every command with noise without end. */
  readonly floods?: boolean;
  readonly silent?: boolean;
  /** On so many connections it answers by what a mask ROM says at reset. */
  readonly boots?: number;
  /** What is kept of a byte written to flash at this offset. */
  readonly keeps?: (byte: number, offset: number) => number;
  /** What a fuse word reads after a burn. */
  readonly burns?: (word: number, index: number) => number;
  /** What a register reads in place of its value. */
  readonly reads?: (address: number) => number | undefined;
  /** Breaks the line at the next command. */
  readonly gone?: boolean;
  /** Breaks the line after so many blocks of flash. */
  readonly diesAfterBlocks?: number;
}

const END = 0xc0;
const FUSES = 0x6000882c;
const PROGRAM = 0x60008800;
const CONF = 0x600089cc;
const COMMAND = 0x600089d4;
const SPI_COMMAND = 0x60002000;
const SPI_DATA = 0x60002058;

export class RomLoaderPeer implements AsyncDisposable {
  readonly flash = Buffer.alloc(0x400000, 0xff);
  readonly fuses = new Uint32Array(6 + 6 + 9 * 8);
  readonly commands: number[] = [];
  faults: PeerFaults = {};
  readonly #server: Server;
  readonly #registers = new Map<number, number>();
  #at = 0;
  #blocks = 0;
  #connections = 0;

  private constructor(path: string) {
    this.#server = createServer((socket) => this.#serve(socket));
    this.#server.listen(path);
  }

  static async on(path: string): Promise<RomLoaderPeer> {
    const peer = new RomLoaderPeer(path);
    await new Promise((resolve) => peer.#server.once("listening", resolve));
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    let input = Buffer.alloc(0);
    this.#connections++;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      input = Buffer.concat([input, bytes]);
      for (;;) {
        const from = input.indexOf(END);
        const to = input.indexOf(END, from + 1);
        if (from < 0 || to < 0) return;
        const packet = unescape(input.subarray(from + 1, to));
        input = input.subarray(to + 1);
        if (packet.length >= 8) this.#answer(socket, packet);
      }
    });
  }

  #answer(socket: Socket, packet: Buffer): void {
    const { silent, floods, boots = 0, diesAfterBlocks = Infinity, chipId = 5 } = this.faults;
    const op = packet[1] ?? 0;
    const data = packet.subarray(8);
    const word = (index: number): number => data.readUInt32LE(4 * index);
    this.commands.push(op);
    if (silent) return;
    if (this.faults.gone) return void socket.destroy();
    if (this.#connections <= boots)
      return void socket.write("ESP-ROM:esp32c3-api1-20210207\r\nwaiting for download\r\n");
    if (floods) {
      const noise = Buffer.alloc(65_536, 0x55);
      for (let times = 0; times < 64; times++) socket.write(noise);
      return;
    }
    const reply = (value = 0, body = Buffer.alloc(0)): void => void socket.write(framed(op, value, body));
    if (op === 0x08) for (let times = 0; times < 8; times++) reply(1);
    else if (op === 0x14) reply(0, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, chipId, 0, 0, 0, 0, 0, 0, 0]));
    else if (op === 0x0a) reply(this.#read(word(0)));
    else if (op === 0x09) {
      this.#write(word(0), word(1));
      reply();
    } else if (op === 0x02) {
      this.#at = word(3);
      this.flash.fill(0xff, word(3), word(3) + word(0));
      reply();
    } else if (op === 0x03) {
      if (++this.#blocks > diesAfterBlocks) return void socket.destroy();
      const { keeps = (byte: number) => byte } = this.faults;
      data.subarray(16).forEach((byte, index) => {
        this.flash[this.#at + index] = keeps(byte, this.#at + index);
      });
      this.#at += data.length - 16;
      reply();
    } else if (op === 0x13) {
      const digest = createHash("md5")
        .update(this.flash.subarray(word(0), word(0) + word(1)))
        .digest("hex");
      reply(0, Buffer.from(digest, "latin1"));
    } else reply();
  }

  #read(address: number): number {
    const instead = this.faults.reads?.(address);
    if (instead !== undefined) return instead;
    if (address >= FUSES && address < FUSES + 4 * this.fuses.length) return this.fuses[(address - FUSES) / 4] ?? 0;
    if (address === SPI_DATA) return this.faults.flashId ?? 0x1640c8;
    if (address === SPI_COMMAND || address === COMMAND) return 0;
    return this.#registers.get(address) ?? 0;
  }

  #write(address: number, value: number): void {
    this.#registers.set(address, value);
    if (address !== COMMAND || (this.#registers.get(CONF) ?? 0) !== 0x5a5a) return;
    const block = value >> 2;
    const [start, length] = block === 0 ? [0, 6] : [12 + 8 * (block - 2), 8];
    const { burns = (word: number) => word } = this.faults;
    for (let index = 0; index < length; index++) {
      const burned = (this.fuses[start + index] ?? 0) | (this.#registers.get(PROGRAM + 4 * index) ?? 0);
      this.fuses[start + index] = burns(burned, start + index);
    }
  }
}

function framed(op: number, value: number, body: Buffer): Buffer {
  const packet = Buffer.alloc(8 + body.length + 2);
  packet.set([1, op]);
  packet.writeUInt16LE(body.length + 2, 2);
  packet.writeUInt32LE(value >>> 0, 4);
  packet.set(body, 8);
  const escaped = [...packet].flatMap((byte) => (byte === END ? [0xdb, 0xdc] : byte === 0xdb ? [0xdb, 0xdd] : [byte]));
  return Buffer.from([END, ...escaped, END]);
}

function unescape(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0xdb) out.push(bytes[++at] === 0xdc ? END : 0xdb);
    else out.push(bytes[at] ?? 0);
  }
  return Buffer.from(out);
}
