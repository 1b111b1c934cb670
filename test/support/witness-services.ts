// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { witnessService } from "../../host/src/witness/service.ts";
import type { WitnessSource } from "../../host/src/witness/witness.ts";

const RATE = 1_000;

export interface WitnessServices extends AsyncDisposable {
  readonly urls: readonly string[];
}

/** Each witness as a service of its own. */
export async function witnessServices(witnesses: readonly WitnessSource[]): Promise<WitnessServices> {
  const servers = witnesses.map((witness) => witnessService({ witness, rate: RATE }));
  for (const server of servers) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    },
  };
}
