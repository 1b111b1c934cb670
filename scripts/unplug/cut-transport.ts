// SPDX-License-Identifier: Apache-2.0
// A transport whose plug is pulled at one byte of one direction: that byte and all after it never arrive.
import { openTransport, type Transport } from "../../host/src/device/transport.ts";
import { TouchmarkError } from "../../host/src/errors.ts";

export const directions = ["toUnit", "fromUnit"] as const;
export type Direction = (typeof directions)[number];
export type Counts = Readonly<Record<Direction, number>>;

export interface Cut {
  readonly direction: Direction;
  /** Bytes of that direction that still arrive, from the moment when the cut is armed. */
  readonly byte: number;
}

export interface CutTransport extends Transport {
  /** Bytes that arrived since the last `arm`. */
  readonly arrived: Counts;
  /** Counts anew, towards this cut or none. */
  arm(cut?: Cut): void;
}

/** @param pull takes the unit's power; without a cut it is never called */
export async function openCut(address: string, pull: () => Promise<void>): Promise<CutTransport> {
  const inner = await openTransport(address);
  const gone: ((error: TouchmarkError) => void)[] = [];
  let cut: Cut | undefined;
  let arrived = { toUnit: 0, fromUnit: 0 };
  let pulled: TouchmarkError | undefined;

  const unplug = async (): Promise<void> => {
    if (pulled) return;
    pulled = new TouchmarkError("SERIAL_GONE", { data: { port: address } });
    await pull();
    for (const listener of gone) listener(pulled);
  };
  /** The part of `bytes` that arrives; the rest is behind the cut. */
  const through = (direction: Direction, bytes: Uint8Array): Uint8Array => {
    const left = cut?.direction === direction ? cut.byte - arrived[direction] : bytes.length;
    const part = pulled ? new Uint8Array() : bytes.subarray(0, Math.max(0, Math.min(left, bytes.length)));
    arrived[direction] += part.length;
    return part;
  };
  return {
    address,
    get arrived() {
      return arrived;
    },
    arm: (next) => {
      cut = next;
      arrived = { toUnit: 0, fromUnit: 0 };
    },
    write: async (bytes) => {
      const part = through("toUnit", bytes);
      if (part.length > 0) await inner.write(part);
      if (part.length < bytes.length) await unplug();
      if (pulled) throw pulled;
    },
    onData: (listener) =>
      inner.onData((bytes) => {
        const part = through("fromUnit", bytes);
        if (part.length > 0) listener(part);
        if (part.length < bytes.length) void unplug();
      }),
    onGone: (listener) => {
      gone.push(listener);
      inner.onGone((error) => {
        if (!pulled) listener(error);
      });
    },
    close: () => inner.close(),
  };
}
