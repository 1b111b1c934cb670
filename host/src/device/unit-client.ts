// SPDX-License-Identifier: Apache-2.0
// A unit's commands as typed calls: protocol/serial.md, and SMP's groups 0 and 1.
import { isTouchmarkError } from "../errors.ts";
import { AnswerFields } from "../protocol/answer-fields.ts";
import type { CborInput } from "../protocol/cbor.ts";
import { smp } from "../protocol/generated.ts";
import { type Life, lifeOf } from "../protocol/life.ts";
import { type Begun, readBegun } from "../protocol/messages/begin.ts";
import { consentRequest } from "../protocol/messages/consent.ts";
import { type Enrollment, encodeEnrollment } from "../protocol/messages/enrollment.ts";
import { type Hello, readHello } from "../protocol/messages/hello.ts";
import { readImageState, type SlotState } from "../protocol/messages/image-state.ts";
import { readUnitState, type UnitState } from "../protocol/messages/unit-state.ts";
import { checkVerifyAnswer, type VerifyStatement } from "../protocol/messages/verify.ts";
import type { OwnerConsent } from "../protocol/owner-consent.ts";
import type { SignIn } from "../protocol/sign-in.ts";
import { sendChunks } from "./send-chunks.ts";
import { type SmpAnswer, SmpClient } from "./smp-client.ts";
import { openTransport, type TransportOptions } from "./transport.ts";

const { os, image, touchmark } = smp;

// A unit that boots hashes its image first; the bytes of a request sent meanwhile are lost.
const HELLO_AGAIN_MS = 400;
// On a busy machine an answer can come after the next request has gone.
const HELLO_TIMEOUT_MS = 5_000;
const HELLO_PATIENCE_MS = 20_000;
// The gate, an erase and a proof's signatures all fit in it on the slowest port.
const WORK_TIMEOUT_MS = 20_000;
// Header, keys, heads, `len` and `sha` of a chunk's first request.
const CHUNK_OVERHEAD = 96;
// What a unit buffers of its line while it writes flash: port.h's promise, port_console_read.
const LINE_BUFFER_BYTES = 4_096;

export interface Parameters {
  /** Largest packet, and how many may be under way. */
  readonly bufferBytes: number;
  readonly bufferCount: number;
}

export type Progress = (offset: number, total: number) => void;

export class UnitClient {
  readonly #smp: SmpClient;
  #parameters: Parameters | undefined;

  constructor(client: SmpClient) {
    this.#smp = client;
  }

  /** Opens the port and says hello until the unit answers. @throws SERIAL_PORT, SERIAL_TIMEOUT, SERIAL_GONE. */
  static async connect(
    address: string,
    options: TransportOptions & { readonly patienceMs?: number } = {},
  ): Promise<UnitClient> {
    const unit = new UnitClient(new SmpClient(await openTransport(address, options)));
    try {
      await unit.waitForHello(options.patienceMs);
    } catch (error) {
      await unit.close();
      throw error;
    }
    return unit;
  }

  /** Repeats hello until one is answered, however late. @throws SERIAL_TIMEOUT where none sent within `patienceMs` is. */
  waitForHello(patienceMs = HELLO_PATIENCE_MS): Promise<Hello> {
    const end = performance.now() + patienceMs;
    return new Promise((resolve, reject) => {
      const ask = (): Promise<void> =>
        this.hello(HELLO_TIMEOUT_MS).then(
          (hello) => {
            clearInterval(again);
            resolve(hello);
          },
          (error: unknown) => {
            if (isTouchmarkError(error, "SERIAL_TIMEOUT") && performance.now() < end) return;
            clearInterval(again);
            reject(error);
          },
        );
      const again = setInterval(() => void ask(), HELLO_AGAIN_MS);
      void ask();
    });
  }

  async hello(timeoutMs?: number): Promise<Hello> {
    return readHello(await this.#read(touchmark.hello, timeoutMs));
  }

  /** @param nonce 32 bytes, the session's */
  async begin(nonce: Uint8Array): Promise<Begun> {
    return readBegun(await this.#write(touchmark.begin, { nonce }));
  }

  /** PKCS#10, DER. */
  async csr(): Promise<Uint8Array> {
    return (await this.#read(touchmark.csr, WORK_TIMEOUT_MS)).bytes("csr");
  }

  async enroll(enrollment: Enrollment): Promise<Life> {
    return lifeOf((await this.#sendObject(touchmark.enroll, encodeEnrollment(enrollment))).uint("life"));
  }

  /** @throws CERT_KEY_MISMATCH, SIGNATURE_INVALID where the unit does not hold the certified key. */
  async verify(statement: VerifyStatement, publicKey: Uint8Array): Promise<void> {
    checkVerifyAnswer(await this.#write(touchmark.verify, { nonce: statement.nonce }), statement, publicKey);
  }

  /** Irreversible. @param chain encoded, over the unit's challenge, with license, release and root proofs */
  async lock(chain: Uint8Array): Promise<Life> {
    return lifeOf((await this.#sendObject(touchmark.lock, chain)).uint("life"));
  }

  /** @param chain encoded @returns the unit's floor and the license status that it now knows of */
  async notice(chain: Uint8Array): Promise<{ floor: bigint; status: number }> {
    const answer = await this.#sendObject(touchmark.notice, chain);
    return { floor: answer.uint64("floor"), status: answer.uint("status") };
  }

  /** @param chain encoded, with trust statements */
  async rotate(chain: Uint8Array): Promise<{ epoch: number; trustHash: Uint8Array }> {
    const answer = await this.#sendObject(touchmark.rotate, chain);
    return { epoch: answer.uint("epoch"), trustHash: answer.bytes("trustHash", 32) };
  }

  /** What the unit says of itself, signed. @param nonce 32 bytes @returns the token, without certificates */
  async attest(nonce: Uint8Array): Promise<Uint8Array> {
    return (await this.#write(touchmark.attest, { nonce })).bytes("token");
  }

  /** The unit's own path, DER, leaf first. @throws LIFE_STATE before enrolment */
  async certificates(): Promise<{ device: Uint8Array; line: Uint8Array; root: Uint8Array }> {
    const [device, line, root] = await Promise.all([0, 1, 2].map((of) => this.#certificate(of)));
    return { device, line, root } as { device: Uint8Array; line: Uint8Array; root: Uint8Array };
  }

  /** The unit's consent to be claimed, paired or unpaired: r ‖ s ‖ v. @throws PRESENCE_REQUIRED, LIFE_STATE */
  async consent(consent: OwnerConsent): Promise<Uint8Array> {
    return (await this.#write(touchmark[consent.kind], consentRequest(consent))).bytes("signature", 65);
  }

  /** Signs in as the unit: r ‖ s ‖ v over the message that both build. @throws SIGN_IN_DOMAIN, PRESENCE_REQUIRED */
  async signIn({ domain, client, nonce, issuedAt }: Omit<SignIn, "address">): Promise<Uint8Array> {
    const answer = await this.#write(touchmark.signIn, { domain, client, nonce, issuedAt });
    return answer.bytes("signature", 65);
  }

  async state(): Promise<UnitState> {
    return readUnitState(await this.#read(touchmark.state));
  }

  /** 32 bytes, good for one proof within ten minutes. */
  async challenge(): Promise<Uint8Array> {
    return (await this.#write(touchmark.challenge, {})).bytes("nonce", 32);
  }

  /** What the last gate run took, by name; empty before one. */
  async counters(): Promise<Record<string, number>> {
    const answer = await this.#read(touchmark.counters);
    return Object.fromEntries(answer.entries().map(([name]) => [name, answer.uint(name)]));
  }

  async echo(text: string): Promise<string> {
    return new AnswerFields(
      await this.#smp.request({ op: "write", group: smp.group.os, command: os.echo, payload: { d: text } }),
    ).text("r");
  }

  async reset(): Promise<void> {
    await this.#smp.request({ op: "write", group: smp.group.os, command: os.reset, payload: {} });
  }

  async parameters(): Promise<Parameters> {
    const answer = await this.#smp.request({ op: "read", group: smp.group.os, command: os.parameters, payload: {} });
    const fields = new AnswerFields(answer);
    return { bufferBytes: fields.uint("buf_size"), bufferCount: fields.uint("buf_count") };
  }

  async images(): Promise<SlotState[]> {
    return readImageState(
      new AnswerFields(
        await this.#smp.request({ op: "read", group: smp.group.image, command: image.state, payload: {} }),
      ),
    );
  }

  /** Sends a bundle, from where an earlier upload of it stopped. @throws the gate's refusal. */
  async upload(bundle: Uint8Array, onProgress?: Progress): Promise<void> {
    await sendChunks(this.#smp, {
      group: smp.group.image,
      command: image.upload,
      object: bundle,
      first: { image: 0 },
      decisionTimeoutMs: WORK_TIMEOUT_MS,
      ...(await this.#chunking()),
      ...(onProgress && { onProgress }),
    });
  }

  /** Boots the staged image once, at the next reset. @param digest the bundle's manifest digest */
  async test(digest: Uint8Array): Promise<SlotState[]> {
    return this.#setImageState({ hash: digest, confirm: false });
  }

  /** Keeps the running image. */
  async confirm(): Promise<SlotState[]> {
    return this.#setImageState({ confirm: true });
  }

  async erase(): Promise<void> {
    await this.#smp.request({
      op: "write",
      group: smp.group.image,
      command: image.erase,
      payload: {},
      timeoutMs: WORK_TIMEOUT_MS,
    });
  }

  async close(): Promise<void> {
    await this.#smp.close();
  }

  async #setImageState(payload: CborInput): Promise<SlotState[]> {
    const timeoutMs = WORK_TIMEOUT_MS;
    const request = { op: "write", group: smp.group.image, command: image.state, payload, timeoutMs } as const;
    return readImageState(new AnswerFields(await this.#smp.request(request)));
  }

  /** The root that the unit is pinned to now, DER: after a trust statement not the one it was enrolled under. */
  async pinnedRoot(): Promise<Uint8Array> {
    return await this.#certificate(3);
  }

  async #certificate(of: number): Promise<Uint8Array> {
    return (await this.#read(touchmark.certificate, undefined, { of })).bytes("certificate");
  }

  async #read(command: number, timeoutMs?: number, payload: CborInput = {}): Promise<AnswerFields> {
    const request = { op: "read", group: smp.group.touchmark, command, payload } as const;
    return new AnswerFields(await this.#smp.request({ ...request, ...(timeoutMs && { timeoutMs }) }));
  }

  async #write(command: number, payload: CborInput): Promise<AnswerFields> {
    const request = { op: "write", group: smp.group.touchmark, command, payload, timeoutMs: WORK_TIMEOUT_MS } as const;
    return new AnswerFields(await this.#smp.request(request));
  }

  async #sendObject(command: number, object: Uint8Array): Promise<AnswerFields> {
    const chunking = await this.#chunking();
    const answer: SmpAnswer = await sendChunks(this.#smp, {
      group: smp.group.touchmark,
      command,
      object,
      decisionTimeoutMs: WORK_TIMEOUT_MS,
      ...chunking,
    });
    return new AnswerFields(answer);
  }

  async #chunking(): Promise<{ chunkBytes: number; window: number }> {
    this.#parameters ??= await this.parameters();
    const { bufferBytes, bufferCount } = this.#parameters;
    const frames = Math.floor(LINE_BUFFER_BYTES / (bufferBytes * FRAME_COST));
    return { chunkBytes: bufferBytes - CHUNK_OVERHEAD, window: Math.max(1, Math.min(bufferCount, frames)) };
  }
}

// Base64, markers and newlines of the console framing, per byte.
const FRAME_COST = 1.4;
