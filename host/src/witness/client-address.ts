// SPDX-License-Identifier: Apache-2.0
// Whom a request is counted against: the socket's other end, or, where that is a proxy of ours, whom it names. Anybody
// can write X-Forwarded-For, and a proxy adds at its end: what stands left of our own proxies' entries proves nothing.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

export function clientAddress(proxies: readonly string[]): (request: IncomingMessage) => string {
  const ours = new BlockList();
  for (const address of proxies) ours.addAddress(address, familyOf(address));
  return ({ socket, headers }) => {
    const forwarded = [headers["x-forwarded-for"] ?? []].flat().flatMap((text) => text.split(","));
    let client = socket.remoteAddress ?? "";
    for (const hop of forwarded.toReversed().map((text) => text.trim())) {
      if (isIP(client) === 0 || !ours.check(client, familyOf(client)) || isIP(hop) === 0) break;
      client = hop;
    }
    return client;
  };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
