// SPDX-License-Identifier: Apache-2.0
// An object larger than a packet, in chunks that the unit answers with the offset it expects next. Whatever was lost,
// cut off or staged before shows in that offset, and sending goes on from there.
import { createHash } from "node:crypto";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import type { CborInput } from "../protocol/cbor.ts";
import { DEFAULT_TIMEOUT_MS, type SmpAnswer, type SmpClient, type SmpRequest } from "./smp-client.ts";

export interface ChunkedRequest extends Pick<SmpRequest, "group" | "command"> {
  readonly object: Uint8Array;
  /** Bytes of the object in one request. */
  readonly chunkBytes: number;
  /** Requests under way at once: what the unit can buffer while it writes. */
  readonly window: number;
  /** Milliseconds that the answer to the last chunk may take: it is the unit's decision on the whole. */
  readonly decisionTimeoutMs: number;
  /** Milliseconds for each of the others. */
  readonly chunkTimeoutMs?: number;
  /** Members beside off, data, len and sha of the first request. */
  readonly first?: Readonly<Record<string, CborInput>>;
  readonly onProgress?: (offset: number, total: number) => void;
}

const ATTEMPTS = 5;

/** Resolves with the answer to the last chunk. @throws what the unit refuses with, SERIAL_TIMEOUT after five in a row. */
export async function sendChunks(client: SmpClient, request: ChunkedRequest): Promise<SmpAnswer> {
  const { object, onProgress } = request;
  const total = object.length;
  const send = sender(client, request);
  let underWay: Sent[] = [];
  let next = 0;
  for (let failures = 0; failures < ATTEMPTS; ) {
    // The first chunk goes alone: its answer says where an earlier transfer stopped.
    const window = next === 0 ? 1 : request.window;
    while (underWay.length < window && (next < total || underWay.length === 0)) {
      const sent = send(next);
      underWay.push(sent);
      next = sent.end;
    }
    const [oldest, ...younger] = underWay;
    if (!oldest) break;
    const answer = await answerOf(oldest);
    const off = answer && offsetOf(answer, total);
    if (answer && (off === total || (off === undefined && oldest.end === total))) {
      onProgress?.(total, total);
      return answer;
    }
    if (off === oldest.end) {
      failures = 0;
      underWay = younger;
    } else {
      failures += 1;
      next = (await lastOffset(younger, total)) ?? off ?? oldest.start;
      underWay = [];
    }
    onProgress?.(off ?? oldest.start, total);
  }
  throw new TouchmarkError("SERIAL_TIMEOUT", { data: { port: client.transport.address, offset: next } });
}

interface Sent {
  readonly start: number;
  readonly end: number;
  readonly answer: Promise<SmpAnswer>;
}

function sender(client: SmpClient, request: ChunkedRequest): (start: number) => Sent {
  const { object, first, group, command } = request;
  const sha = createHash("sha256").update(object).digest();
  return (start) => {
    const end = Math.min(start + request.chunkBytes, object.length);
    const opening = start === 0 ? { ...first, len: object.length, sha } : {};
    const payload = { ...opening, off: start, data: object.subarray(start, end) };
    const timeoutMs =
      end === object.length ? request.decisionTimeoutMs : (request.chunkTimeoutMs ?? DEFAULT_TIMEOUT_MS);
    const answer = client.request({ op: "write", group, command, payload, timeoutMs });
    answer.catch(() => undefined); // looked at when its turn comes
    return { start, end, answer };
  };
}

/** Undefined where no answer came in time. */
async function answerOf(sent: Sent): Promise<SmpAnswer | undefined> {
  try {
    return await sent.answer;
  } catch (error) {
    if (isTouchmarkError(error, "SERIAL_TIMEOUT")) return undefined;
    throw error;
  }
}

async function lastOffset(sent: readonly Sent[], total: number): Promise<number | undefined> {
  const answers = [];
  for (const one of sent) answers.push(await answerOf(one));
  const last = answers.findLast((answer) => answer !== undefined);
  return last && offsetOf(last, total);
}

// A command that takes its object in chunks ends with an answer of its own, which has no off.
function offsetOf(answer: SmpAnswer, total: number): number | undefined {
  const off = answer.get("off");
  if (off === undefined) return undefined;
  if (typeof off !== "number" || off < 0 || off > total) throw new TouchmarkError("MESSAGE_FIELD", { data: { off } });
  return off;
}
