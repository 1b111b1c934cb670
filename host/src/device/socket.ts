// SPDX-License-Identifier: Apache-2.0
import { createConnection, type NetConnectOpts, type Socket } from "node:net";
import { TouchmarkError } from "../errors.ts";
import type { OpenStream } from "./transport.ts";

/** `unix:PATH` or `tcp:HOST:PORT`. @throws SERIAL_PORT, USAGE. */
export function openSocket(address: string): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ ...connectionOptions(address), noDelay: true });
    const fail = (cause: Error): void => reject(new TouchmarkError("SERIAL_PORT", { data: { port: address }, cause }));
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      resolve({ stream: socket, close: () => close(socket) });
    });
  });
}

function connectionOptions(address: string): NetConnectOpts {
  const unix = /^unix:(.+)$/.exec(address)?.[1];
  if (unix !== undefined) return { path: unix };
  const [, host, port] = /^tcp:(?:\[?([^[\]]+)\]?):(\d{1,5})$/.exec(address) ?? [];
  if (host === undefined || port === undefined || Number(port) > 65_535) {
    throw new TouchmarkError("USAGE", { data: { port: address, expected: "unix:PATH or tcp:HOST:PORT" } });
  }
  return { host, port: Number(port) };
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once("close", () => resolve());
    socket.destroy();
  });
}
