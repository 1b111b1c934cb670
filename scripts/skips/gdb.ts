// SPDX-License-Identifier: Apache-2.0
// GDB's remote serial protocol, as far as it takes to stop at addresses and to move the program counter of QEMU's
// RISC-V machine.
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const PC = 32; // as GDB numbers registers; x0 to x31 before it
const FEATURES = ["target.xml", "riscv-32bit-cpu.xml"]; // until they are read, QEMU knows no registers

export class Gdb {
  readonly #socket: Socket;
  #received = "";
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (data: string) => {
      this.#received += data;
      this.#wake();
    });
    const fail = (error?: Error): void => {
      this.#failure = error ?? new Error("QEMU closed its debugger's connection");
      this.#wake();
    };
    socket.on("error", fail);
    socket.on("close", () => fail());
  }

  /** @param path of QEMU's Unix socket, which may still be to come */
  static async connect(path: string): Promise<Gdb> {
    for (let attempt = 0; ; attempt++) {
      try {
        const gdb = new Gdb(await open(path));
        await gdb.#start();
        return gdb;
      } catch (error) {
        if (attempt === 200) throw error;
        await sleep(25);
      }
    }
  }

  async #start(): Promise<void> {
    await this.ask("qSupported:xmlRegisters=riscv");
    await this.ask("QStartNoAckMode");
    for (const name of FEATURES) await this.ask(`qXfer:features:read:${name}:0,ffb`);
  }

  async ask(packet: string): Promise<string> {
    this.#send(packet);
    const answer = await this.#packet();
    if (answer === undefined) throw new Error(`no answer to ${packet}`);
    if (/^E[0-9a-f]{2}$/.test(answer)) throw new Error(`${packet}: ${answer}`);
    return answer;
  }

  breakAt = (address: number): Promise<string> => this.ask(`Z0,${address.toString(16)},2`);
  unbreak = (address: number): Promise<string> => this.ask(`z0,${address.toString(16)},2`);

  async register(number: number): Promise<number> {
    return Buffer.from(await this.ask(`p${number.toString(16)}`), "hex").readUInt32LE();
  }

  pc = (): Promise<number> => this.register(PC);

  async setPc(address: number): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(address);
    await this.ask(`P${PC.toString(16)}=${bytes.toString("hex")}`);
  }

  async read(address: number, length: number): Promise<string> {
    return await this.ask(`m${address.toString(16)},${length.toString(16)}`);
  }

  /** Resets the stopped machine; it stays stopped, before its first instruction. */
  async reset(vector: number): Promise<void> {
    this.#send(`qRcmd,${Buffer.from("system_reset").toString("hex")}`);
    while ((await this.#packet()) !== "OK") {
      // what the monitor prints
    }
    while ((await this.pc()) !== vector) await sleep(1);
  }

  /** @returns where it stopped; undefined where it ran on and had to be stopped */
  async run(milliseconds: number): Promise<number | undefined> {
    this.#send("c");
    const stopped = await this.#packet(milliseconds);
    if (stopped !== undefined) return await this.pc();
    this.#socket.write("\x03");
    await this.#packet();
    return undefined;
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(packet: string): void {
    let sum = 0;
    for (const byte of Buffer.from(packet, "latin1")) sum = (sum + byte) & 0xff;
    this.#socket.write(`$${packet}#${sum.toString(16).padStart(2, "0")}`, "latin1");
  }

  /** The next packet; undefined when time is up. */
  async #packet(milliseconds = 20_000): Promise<string | undefined> {
    const until = performance.now() + milliseconds;
    for (;;) {
      const packet = /^[^$]*\$([^#]*)#../s.exec(this.#received);
      if (packet !== null) {
        this.#received = this.#received.slice(packet[0].length);
        return packet[1] ?? "";
      }
      if (this.#failure !== undefined) throw this.#failure;
      const left = until - performance.now();
      if (left <= 0) return undefined;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.once("error", reject);
  });
}
