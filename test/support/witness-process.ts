// SPDX-License-Identifier: Apache-2.0
// A witness service in a process of its own, to be killed: `node witness-process.ts RPC CHAIN RECORD`, prints its port.
// It ends with its standard input, so that none outlives a test.
import type { AddressInfo } from "node:net";
import { EthereumNode } from "../../host/src/witness/ethereum-node.ts";
import { WitnessRecord } from "../../host/src/witness/record.ts";
import { witnessService } from "../../host/src/witness/service.ts";
import { LocalWitness } from "../../host/src/witness/witness.ts";
import { fakeSigner } from "./fake-keys.ts";

const [rpc = "", chainId = "", path = ""] = process.argv.slice(2);
const policy = { chainId: BigInt(chainId), epoch: 1, granularity: 4n, minAge: 0n, maxAge: 0n };
const witness = new LocalWitness({
  node: new EthereumNode(rpc),
  signer: fakeSigner("witness-1"),
  record: new WitnessRecord(path),
  policy,
});
const server = witnessService({ witness, rate: 10_000 });
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().once("close", () => process.exit());
