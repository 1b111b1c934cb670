// SPDX-License-Identifier: Apache-2.0
// A maker that registers units in batches through an RPC that a test may break.
import { HDNodeWallet, Mnemonic } from "ethers";
import { TouchmarkBackend } from "../../../host/src/registry/backend/touchmark.ts";
import type { BatchClient, BatchTerms } from "../../../host/src/registry/batch/client.ts";
import { BatchJournal } from "../../../host/src/registry/batch/journal.ts";
import { contractAt } from "../../../host/src/registry/deploy.ts";
import { staticProvider } from "../../../host/src/registry/key-account.ts";
import type { RegistrableUnit } from "../../../host/src/registry/register.ts";
import { rpcBridge } from "../../support/rpc-bridge.ts";
import { ethers } from "./chain.ts";
import { device } from "./devices.ts";
import type { World } from "./world.ts";

const CHAIN_ID = 31_337n;
// The account `maker` of the chain's own, public phrase.
const MNEMONIC = "test test test test test test test test test test test junk";
const MAKER = 6;

export type Send = (method: string, params: unknown[]) => Promise<unknown>;

export const chain: Send = (method, params) => ethers.provider.send(method, params);

/** A node on which a block comes whenever somebody asks for the newest. */
export const lively: Send = async (method, params) => {
  if (method === "eth_blockNumber") await chain("evm_mine", []);
  return await chain(method, params);
};

export const quick: BatchTerms = {
  depth: 2,
  gas: 1n << 24n,
  maxFeePerGas: 100n * 10n ** 9n,
  poll: 1,
  stuck: 60_000,
  patience: 300,
};

export const unit = (n: number): RegistrableUnit => ({
  address: device(n).address.toLowerCase(),
  serial: `TM1-${n}`,
});

export const units = (from: number, to: number): RegistrableUnit[] =>
  Array.from({ length: to - from }, (_, at) => unit(from + at));

/** Runs something against a node that answers by `send`. */
export async function withClient<T>(
  { world, id }: { readonly world: World; readonly id: bigint },
  {
    send = lively,
    journal,
    terms = {},
    account: index = MAKER,
  }: { send?: Send; journal: string; terms?: Partial<BatchTerms>; account?: number },
  use: (client: BatchClient) => Promise<T>,
): Promise<T> {
  await using bridge = await rpcBridge(send);
  using opened = new DisposableStack();
  const provider = opened.adopt(staticProvider(bridge.url, CHAIN_ID), (each) => each.destroy());
  const phrase = Mnemonic.fromPhrase(MNEMONIC);
  const account = HDNodeWallet.fromMnemonic(phrase, `m/44'/60'/0'/0/${index}`).connect(provider);
  const { registry, programme, nodes } = world.deployment;
  return await use({
    backend: new TouchmarkBackend({
      registry: contractAt("DeviceRegistry", registry, account),
      programme: contractAt("LicenseProgramme", programme, provider),
      nodes: contractAt("ManufacturerId", nodes, provider),
    }),
    manufacturerId: id,
    account,
    chainId: CHAIN_ID,
    journal: opened.use(new BatchJournal(journal)),
    terms: { ...quick, ...terms },
  });
}
