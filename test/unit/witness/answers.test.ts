// SPDX-License-Identifier: Apache-2.0
// What nodes and witness services answer, in forms that are seldom met.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { expect } from "chai";
import { EthereumNode } from "../../../host/src/witness/ethereum-node.ts";
import { HttpWitness } from "../../../host/src/witness/http-witness.ts";
import { refusal } from "../../support/refusal.ts";

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(65_536, " ");
}

describe("over HTTP", () => {
  let server: Server;
  let url: string;
  let answer: string;
  const asked: (string | undefined)[] = [];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url);
      if (answer === "endless") Readable.from(endless()).pipe(response);
      else response.end(answer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  it("a node's answer with error null beside its result is one", async () => {
    answer = '{"jsonrpc":"2.0","id":1,"error":null,"result":"0x89"}';
    await new EthereumNode(url).requireChain(137n);
    answer = '{"id":1,"error":null,"result":null}';
    expect(await new EthereumNode(url).header(1n)).to.equal(undefined);
  });

  for (const body of ["null", "7", '"0x89"', "{}", "[]", '{"error":{"message":"no"},"result":"0x89"}', '{"error":7}'])
    it(`a node's answer that is ${body} is none, and the node is named`, async () => {
      answer = body;
      const { code, data } = await refusal(new EthereumNode(url).requireChain(137n));
      expect([code, data["node"]]).to.deep.equal(["CHAIN_UNREACHABLE", url]);
    });

  it("an answer without an end is left, and who gave it is named", async () => {
    answer = "endless";
    const node = await refusal(new EthereumNode(url).requireChain(137n));
    expect([node.code, String(node.cause)]).to.deep.equal([
      "CHAIN_UNREACHABLE",
      "RangeError: an answer of more than 16777216 bytes",
    ]);
    const witness = await refusal(new HttpWitness(url).statement(new Uint8Array(32)));
    expect([witness.code, String(witness.cause)]).to.deep.equal([
      "WITNESS_UNREACHABLE",
      "RangeError: an answer of more than 65536 bytes",
    ]);
  });

  it("a witness behind a path is asked below it, with a slash at its end and without", async () => {
    answer = "{}";
    for (const base of ["/witness/one", "/witness/one/"])
      await refusal(new HttpWitness(url + base).statement(new Uint8Array(32)));
    const [path] = asked.slice(-1);
    expect(path).to.match(/^\/witness\/one\/v1\/statement\?nonce=0{64}$/);
    expect(asked.at(-2)).to.equal(path);
  });
});
