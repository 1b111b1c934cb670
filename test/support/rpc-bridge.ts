// SPDX-License-Identifier: Apache-2.0
// JSON-RPC over HTTP in front of an in-process chain, for code that speaks to a node's URL. A test may answer in the
// chain's place: that is how a node lies.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Params = readonly unknown[];
type Send = (method: string, params: unknown[]) => Promise<unknown>;

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown[];
}

const isBatch = (request: Request | readonly Request[]): request is readonly Request[] => Array.isArray(request);

/** Thrown in the chain's place: the connection ends without an answer. */
export class Dropped extends Error {}

export interface RpcBridge extends AsyncDisposable {
  readonly url: string;
}

/** @param lie gets what the chain answers and gives what the caller is told */
export async function rpcBridge(
  send: Send,
  lie: (method: string, answer: unknown, params: Params) => unknown = (_method, answer) => answer,
): Promise<RpcBridge> {
  const answer = async ({ id, method, params }: Request): Promise<object> => {
    const result = await send(method, params).then(
      (value) => ({ result: lie(method, value, params) }),
      (error: unknown) => {
        if (error instanceof Dropped) throw error;
        return { error: { code: 3, message: String(error), data: revertData(error) } };
      },
    );
    return { jsonrpc: "2.0", id, ...result };
  };
  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const request = JSON.parse(Buffer.concat(chunks).toString()) as Request | readonly Request[];
    const body = isBatch(request) ? await Promise.all(request.map(answer)) : await answer(request);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  };
  const server = createServer(
    (message, response) => void respond(message, response).catch(() => message.socket.destroy()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Where hardhat puts what a call reverted with. */
function revertData(error: unknown): unknown {
  const { data, cause } = error as { readonly data?: unknown; readonly cause?: unknown };
  if (typeof data === "string") return data;
  const nested = (data as { readonly data?: unknown } | undefined)?.data;
  return nested ?? (cause === undefined ? undefined : revertData(cause));
}
