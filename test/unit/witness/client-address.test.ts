// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from "node:http";
import { expect } from "chai";
import { clientAddress } from "../../../host/src/witness/client-address.ts";

function request(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe("the address that a request is counted against", () => {
  const PROXIES = ["127.0.0.1", "10.0.0.7", "fd00::7"];

  for (const [title, proxies, socket, forwarded, expected] of [
    ["the socket's, without a proxy, whatever the request says", [], "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["the socket's, where it is no proxy of ours", PROXIES, "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["the proxy's own, where it names nobody", PROXIES, "127.0.0.1", undefined, "127.0.0.1"],
    ["whom the proxy names", PROXIES, "127.0.0.1", "198.51.100.1", "198.51.100.1"],
    [
      "whom the proxy names last, not what the client wrote",
      PROXIES,
      "10.0.0.7",
      "1.2.3.4, 198.51.100.1",
      "198.51.100.1",
    ],
    ["whom the first of two proxies names", PROXIES, "fd00::7", "1.2.3.4, 198.51.100.1,10.0.0.7", "198.51.100.1"],
    ["an IPv6 client", PROXIES, "127.0.0.1", "2001:db8::1", "2001:db8::1"],
    ["behind a proxy over a mapped address", PROXIES, "::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["the proxy's own, where it names no address", PROXIES, "127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"],
    ["none, where the socket is gone", PROXIES, "", "198.51.100.1", ""],
  ] as const) {
    it(title, () => {
      expect(clientAddress(proxies)(request(socket, forwarded))).to.equal(expected);
    });
  }
});
