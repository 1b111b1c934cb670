// SPDX-License-Identifier: Apache-2.0
// A federation of three, each with its own key and record, over the one node that this machine runs.
import { join } from "node:path";
import { EthereumNode } from "../witness/ethereum-node.ts";
import { WitnessRecord } from "../witness/record.ts";
import { LocalWitness } from "../witness/witness.ts";
import type { ProofSources } from "../witness/witnessed-header.ts";
import { newSigner } from "./authority.ts";
import type { DemoChain } from "./chain.ts";

export const WITNESSES = 3;
export const THRESHOLD = 2;
const EPOCH = 1; // of a trust block as the factory makes it

export interface DemoFederation extends Disposable {
  /** Compressed. */
  readonly publicKeys: readonly Uint8Array[];
  readonly sources: ProofSources;
}

export function startFederation({ rpc, chainId }: DemoChain, folder: string): DemoFederation {
  const node = new EthereumNode(rpc);
  const policy = { chainId, epoch: EPOCH, granularity: 1n, minAge: 0n, maxAge: 0n };
  const members = Array.from({ length: WITNESSES }, (_, index) => {
    const record = new WitnessRecord(join(folder, `witness-${index + 1}.sqlite`));
    const signer = newSigner();
    return { record, signer, witness: new LocalWitness({ node, signer, record, policy, now: anyTime }) };
  });
  return {
    publicKeys: members.map(({ signer }) => signer.publicKey),
    sources: { nodes: [node], witnesses: members.map(({ witness }) => witness) },
    [Symbol.dispose]: () => {
      for (const { record } of members) record[Symbol.dispose]();
    },
  };
}

// A chain that mines a block a transaction runs ahead of the system's clock.
const anyTime = (): bigint => 1n << 40n;
