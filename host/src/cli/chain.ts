// SPDX-License-Identifier: Apache-2.0
// What verbs on contracts share: the deployment's file, a node, an account.
import type { Contract, ContractRunner, ContractTransactionReceipt } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../errors.ts";
import type { ContractName } from "../registry/artifacts.ts";
import { contractAt, type Deployment } from "../registry/deploy.ts";
import { type DeploymentFile, readDeployment } from "../registry/deployment-file.ts";
import { KeyAccount, staticProvider } from "../registry/key-account.ts";
import { type Call, transact } from "../registry/transaction.ts";
import { EthereumNode } from "../witness/ethereum-node.ts";
import { readJson } from "./files.ts";
import type { Io } from "./io.ts";
import { openKeyOf, type PassphraseArguments, passphraseArguments } from "./passphrase.ts";
import { table } from "./print.ts";
import type { Result } from "./verb.ts";

export interface ChainArguments {
  readonly chain: string;
  readonly rpc: string | undefined;
  /** Given where no file says which chain it has to be. */
  readonly "chain-id"?: string | undefined;
}

export interface AccountArguments extends ChainArguments, PassphraseArguments {
  readonly key: string;
}

const contracts = {
  roles: "Roles",
  nodes: "ManufacturerId",
  programme: "LicenseProgramme",
  board: "OtaBoard",
  registry: "DeviceRegistry",
  token: "DevDimoToken",
} as const satisfies Partial<Record<keyof Deployment, ContractName>>;

export type Part = keyof typeof contracts;

/** Contracts in the hands of whoever runs the verb. */
export interface ChainSession {
  readonly deployment: DeploymentFile;
  /** URL of the node that is asked. */
  readonly rpc: string;
  readonly account: KeyAccount | undefined;
  /** Who calls, or the node where nobody does. */
  readonly runner: ContractRunner;
  contract(part: Part): Contract;
}

export function deploymentArguments<T>(yargs: Argv<T>): Argv<T & Pick<ChainArguments, "chain">> {
  const describe = "Where the contracts are, as registry deploy writes it";
  return yargs.option("chain", { type: "string", default: "chain.json", describe });
}

export function chainArguments<T>(yargs: Argv<T>): Argv<T & ChainArguments> {
  const describe = "URL of a node, instead of the file's";
  return deploymentArguments(yargs).option("rpc", { type: "string", describe });
}

export function accountArguments<T>(yargs: Argv<T>): Argv<T & AccountArguments> {
  return passphraseArguments(chainArguments(yargs)).option("key", {
    type: "string",
    demandOption: true,
    describe: "Account that sends: encrypted PEM or pkcs11: URI",
  });
}

export async function withChain<T>(
  args: ChainArguments & PassphraseArguments & { readonly key?: string | undefined },
  io: Io,
  use: (session: ChainSession) => Promise<T>,
): Promise<T> {
  using opened = new DisposableStack();
  const deployment = await deploymentOf(args);
  const rpc = args.rpc ?? deployment.rpc;
  await new EthereumNode(rpc).requireChain(deployment.chainId);
  const provider = opened.adopt(staticProvider(rpc, deployment.chainId), (each) => each.destroy());
  const { key } = args;
  const signer = key === undefined ? undefined : opened.use(await openKeyOf(args, key, io));
  const account = signer && new KeyAccount(signer, provider);
  const contract = (part: Part): Contract => {
    const address = deployment.addresses[part];
    if (address === undefined) throw new TouchmarkError("USAGE", { data: { file: args.chain, missing: part } });
    return contractAt(contracts[part], address, account ?? provider);
  };
  return await use({ deployment, rpc, account, runner: account ?? provider, contract });
}

async function deploymentOf({ chain, rpc, "chain-id": chainId }: ChainArguments): Promise<DeploymentFile> {
  if (chainId !== undefined && rpc === undefined)
    throw new TouchmarkError("USAGE", {
      data: { missing: "rpc", expected: `--chain-id with --rpc, or neither: both are in ${chain}` },
    });
  return readDeployment(chainId === undefined ? await readJson(chain) : { rpc, chainId, addresses: {} });
}

/** Sends one call and says what became of it. */
export async function send(args: AccountArguments, io: Io, part: Part, call: Omit<Call, "contract">): Promise<Result> {
  return await withChain(args, io, async ({ contract }) => sent(await transact({ contract: contract(part), ...call })));
}

export function sent({ hash, blockNumber }: ContractTransactionReceipt): Result {
  const json = { transaction: hash, block: blockNumber };
  return { json, text: table(Object.entries(json)) };
}
