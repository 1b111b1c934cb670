// SPDX-License-Identifier: Apache-2.0
// JSON-RPC over HTTP in front of an in-process chain, for code that speaks to a node's URL. A test may answer in the
// chain's place: that is how a node lies.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Params = readonly unknown[];
type Send = (method: string, params: unknown[]) => Promise<unknown>;

export interface RpcBridge extends AsyncDisposable {
  readonly url: string;
}

/** @param lie gets what the chain answers and gives what the caller is told */
export async function rpcBridge(
  send: Send,
  lie: (method: string, answer: unknown, params: Params) => unknown = (_method, answer) => answer,
): Promise<RpcBridge> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString()) as {
      id: number;
      method: string;
      params: unknown[];
    };
    const answered = await send(method, params).then(
      (result) => ({ result: lie(method, result, params) }),
      (error: unknown) => ({ error: { code: 3, message: String(error), data: revertData(error) } }),
    );
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answered }));
  };
  const server = createServer((request, response) => void answer(request, response));
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
