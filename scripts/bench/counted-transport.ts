// SPDX-License-Identifier: Apache-2.0
// A transport that counts the bytes of its line, both ways.
import { openTransport, type Transport } from "../../host/src/device/transport.ts";

export interface CountedTransport extends Transport {
  readonly bytes: number;
}

/** @throws as openTransport */
export async function openCounted(address: string): Promise<CountedTransport> {
  const inner = await openTransport(address);
  let bytes = 0;
  inner.onData(({ length }) => {
    bytes += length;
  });
  return {
    address,
    get bytes() {
      return bytes;
    },
    write: (part) => {
      bytes += part.length;
      return inner.write(part);
    },
    onData: (listener) => inner.onData(listener),
    onGone: (listener) => inner.onGone(listener),
    close: () => inner.close(),
  };
}
