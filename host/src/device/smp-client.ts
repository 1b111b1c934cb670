// SPDX-License-Identifier: Apache-2.0
// SMP requests over a transport: version 2 asked for, version 1 understood; several may be under way, matched by sequence.
import { TouchmarkError } from "../errors.ts";
import { type CborInput, type CborValue, decode, encode } from "../protocol/cbor.ts";
import { encodeFrame, FrameDecoder } from "../protocol/console-frame.ts";
import { smp } from "../protocol/generated.ts";
import { decodeSmpPacket, encodeSmpPacket, type SmpPacket, smpVersion } from "../protocol/smp-packet.ts";
import { smpRefusal } from "./smp-refusal.ts";
import type { Transport } from "./transport.ts";

export interface SmpRequest {
  readonly op: "read" | "write";
  readonly group: number;
  readonly command: number;
  readonly payload: CborInput;
  /** Milliseconds until the answer must be there. */
  readonly timeoutMs?: number;
}

export type SmpAnswer = ReadonlyMap<string, CborValue>;

/** Twice what Zephyr's clients give a server. */
export const DEFAULT_TIMEOUT_MS = 4_000;

interface Waiting {
  readonly request: SmpRequest;
  resolve(answer: SmpAnswer): void;
  reject(error: unknown): void;
  readonly timer: NodeJS.Timeout;
}

export class SmpClient {
  readonly transport: Transport;
  readonly #decoder = new FrameDecoder();
  readonly #waiting = new Map<number, Waiting>();
  #sequence = 0;

  constructor(transport: Transport) {
    this.transport = transport;
    transport.onData((bytes) => {
      for (const packet of this.#decoder.push(bytes)) this.#receive(packet);
    });
    transport.onGone((error) => this.#abandon(error));
  }

  /**
   * One request, one answer; it is not repeated here, for not every request may be.
   * @throws SERIAL_TIMEOUT, SERIAL_GONE, the device's own refusal, SMP_ERROR for one of SMP's.
   */
  request(request: SmpRequest): Promise<SmpAnswer> {
    return new Promise((resolve, reject) => {
      const sequence = this.#nextSequence();
      const timer = setTimeout(() => {
        this.#take(sequence)?.reject(timeout(request, this.transport.address));
      }, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
      this.#waiting.set(sequence, { request, resolve, reject, timer });
      this.transport.write(frameOf(request, sequence)).catch((error: unknown) => this.#take(sequence)?.reject(error));
    });
  }

  async close(): Promise<void> {
    this.#abandon(new TouchmarkError("SERIAL_GONE", { data: { port: this.transport.address, closed: true } }));
    await this.transport.close();
  }

  #nextSequence(): number {
    do this.#sequence = (this.#sequence + 1) & 0xff;
    while (this.#waiting.has(this.#sequence));
    return this.#sequence;
  }

  #take(sequence: number): Waiting | undefined {
    const waiting = this.#waiting.get(sequence);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(sequence);
    return waiting;
  }

  #abandon(error: TouchmarkError): void {
    for (const sequence of this.#waiting.keys()) this.#take(sequence)?.reject(error);
  }

  // What is not the answer to a request under way (late, repeated, from another session) is passed over.
  #receive(bytes: Uint8Array): void {
    const packet = readPacket(bytes);
    const request = packet && this.#waiting.get(packet.sequence)?.request;
    if (!packet || !request || !isAnswerTo(packet, request)) return;
    const waiting = this.#take(packet.sequence);
    try {
      waiting?.resolve(readAnswer(packet));
    } catch (error) {
      waiting?.reject(error);
    }
  }
}

function frameOf(request: SmpRequest, sequence: number): Uint8Array {
  const { group, command } = request;
  const payload = encode(request.payload);
  return encodeFrame(
    encodeSmpPacket({ op: smp.op[request.op], version: smpVersion.v2, group, sequence, command, payload }),
  );
}

function readPacket(bytes: Uint8Array): SmpPacket | undefined {
  try {
    return decodeSmpPacket(bytes);
  } catch {
    return undefined;
  }
}

function isAnswerTo(packet: SmpPacket, { op, group, command }: SmpRequest): boolean {
  const answerOp = op === "read" ? smp.op.readResponse : smp.op.writeResponse;
  return packet.op === answerOp && packet.group === group && packet.command === command;
}

function readAnswer(packet: SmpPacket): SmpAnswer {
  const value = decode(packet.payload);
  if (!(value instanceof Map)) throw new TouchmarkError("MESSAGE_FIELD", { data: { expected: "a map" } });
  const answer = value as SmpAnswer;
  const refusal = smpRefusal(packet, answer);
  if (refusal) throw refusal;
  return answer;
}

function timeout({ group, command }: SmpRequest, port: string): TouchmarkError {
  return new TouchmarkError("SERIAL_TIMEOUT", { data: { port, group, command } });
}
