// SPDX-License-Identifier: Apache-2.0
// A contract's events about one manufacturer, also from nodes that answer only for some thousand blocks at a time.
import { type Contract, type EventFragment, type Log, type TopicFilter, toBeHex, zeroPadValue } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { translated } from "../transaction.ts";

export interface BlockRange {
  readonly fromBlock: number;
  readonly toBlock: number;
}

export interface HistoricEvent {
  readonly contract: string;
  readonly block: number;
  readonly blockHash: string;
  readonly transaction: string;
  readonly index: number;
  readonly event: string;
  readonly args: Readonly<Record<string, unknown>>;
}

// Blocks; below this a refusal is a refusal.
const SHORTEST = 1_000;

/**
 * @param events names; all that name the manufacturer where empty
 * @throws CHAIN_UNREACHABLE, CONTRACT_SILENT where a log is not of the contract
 */
export async function historyOf(
  contract: Contract,
  events: readonly string[],
  id: bigint,
  range: BlockRange,
): Promise<HistoricEvent[]> {
  const fragments = contract.interface.fragments.filter(
    (each): each is EventFragment => each.type === "event" && "name" in each && wanted(each as EventFragment, events),
  );
  const logs = [];
  for (const fragment of fragments) {
    const filter = { address: String(contract.target), topics: topicsOf(fragment, id) };
    for (const log of await logsOf(contract, filter, range)) {
      const event = eventOf(contract, log);
      if (isAbout(fragment, event, id)) logs.push(event);
    }
  }
  return logs.toSorted((a, b) => a.block - b.block || a.index - b.index);
}

// In this order: a device's event has the manufacturer's id beside its own token's.
const ID_NAMES = ["id", "manufacturerId", "tokenId"];
// About every manufacturer.
const COMMON = ["MouPublished", "MinStakeChanged"];

function wanted(fragment: EventFragment, events: readonly string[]): boolean {
  const about = idInput(fragment) !== undefined || COMMON.includes(fragment.name);
  return about && (events.length === 0 || events.includes(fragment.name));
}

function idInput({ inputs }: EventFragment) {
  return ID_NAMES.map((wantedName) => inputs.find(({ name, type }) => name === wantedName && type === "uint256")).find(
    (input) => input !== undefined,
  );
}

function isAbout(fragment: EventFragment, { args }: HistoricEvent, id: bigint): boolean {
  const input = idInput(fragment);
  return input === undefined || BigInt(String(args[input.name])) === id;
}

// The id's topic where it is indexed; where it is not, all of the event's logs are read.
function topicsOf(fragment: EventFragment, id: bigint): (string | null)[] {
  const indexed = fragment.inputs.filter((input) => input.indexed);
  const place = indexed.findIndex((input) => input === idInput(fragment));
  return place < 0
    ? [fragment.topicHash]
    : [fragment.topicHash, ...Array<null>(place).fill(null), zeroPadValue(toBeHex(id), 32)];
}

/** @throws CHAIN_UNREACHABLE where the node does not answer for as few blocks either */
export async function logsOf(
  contract: Contract,
  filter: { readonly address: string; readonly topics: TopicFilter },
  { fromBlock, toBlock }: BlockRange,
): Promise<Log[]> {
  if (fromBlock > toBlock) return [];
  try {
    const ask = { ...filter, fromBlock, toBlock };
    return await translated(async () => (await contract.runner?.provider?.getLogs(ask)) ?? [], contract.interface);
  } catch (error) {
    if (toBlock - fromBlock < SHORTEST) throw error;
    const middle = fromBlock + Math.floor((toBlock - fromBlock) / 2);
    const first = await logsOf(contract, filter, { fromBlock, toBlock: middle });
    return [...first, ...(await logsOf(contract, filter, { fromBlock: middle + 1, toBlock }))];
  }
}

function eventOf(contract: Contract, log: Log): HistoricEvent {
  const parsed = log.address === contract.target ? contract.interface.parseLog(log) : null;
  if (parsed === null) throw new TouchmarkError("CONTRACT_SILENT", { data: { log: log.transactionHash } });
  return {
    contract: log.address,
    block: log.blockNumber,
    blockHash: log.blockHash,
    transaction: log.transactionHash,
    index: log.index,
    event: parsed.name,
    args: parsed.args.toObject(true) as Readonly<Record<string, unknown>>,
  };
}
