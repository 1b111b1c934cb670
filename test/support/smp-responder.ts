// SPDX-License-Identifier: Apache-2.0
// The other end of the line for tests of the client alone: answers SMP packets over a unix socket as a function says.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CborInput, type CborValue, decode, encode } from "../../host/src/protocol/cbor.ts";
import { encodeFrame, FrameDecoder } from "../../host/src/protocol/console-frame.ts";
import { decodeSmpPacket, encodeSmpPacket, type SmpPacket } from "../../host/src/protocol/smp-packet.ts";

export interface Received extends SmpPacket {
  readonly fields: ReadonlyMap<string, CborValue>;
}

/** What to send back: undefined for silence, bytes to put on the line as they are, or an answer's payload. */
export type Respond = (request: Received, socket: Socket) => CborInput | undefined;

export interface Responder extends AsyncDisposable {
  readonly address: string;
}

export async function startResponder(respond: Respond, version?: number): Promise<Responder> {
  const folder = mkdtempSync(join(tmpdir(), "touchmark-"));
  const path = join(folder, "unit.sock");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const decoder = new FrameDecoder();
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      for (const packet of decoder.push(bytes)) answer(socket, decodeSmpPacket(packet), respond, version);
    });
  });
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  return {
    address: `unix:${path}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

function answer(socket: Socket, packet: SmpPacket, respond: Respond, version = packet.version): void {
  const payload = respond({ ...packet, fields: decode(packet.payload) as ReadonlyMap<string, CborValue> }, socket);
  if (payload === undefined || socket.destroyed) return;
  socket.write(encodeFrame(encodeSmpPacket({ ...packet, op: packet.op + 1, version, payload: encode(payload) })));
}
