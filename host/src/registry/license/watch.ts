// SPDX-License-Identifier: Apache-2.0
// Looks at a license again and again, and says what is new: events, another standing, what is about to end.
import { setTimeout as wait } from "node:timers/promises";
import { isTouchmarkError } from "../../errors.ts";
import { translated } from "../transaction.ts";
import { type HistoricEvent, historyOf } from "./history.ts";
import { type LicenseParts, type LicenseStatus, readLicenseStatus } from "./license-status.ts";
import { warningsOf } from "./warnings.ts";

export interface WatchTerms {
  readonly manufacturerId: bigint;
  readonly fromBlock: number;
  /** Warn this many days ahead. */
  readonly days: number;
  /** Milliseconds between two looks. */
  readonly poll: number;
  /** Ends the watch. */
  readonly signal?: AbortSignal;
}

export type Sighting =
  | { readonly kind: "standing"; readonly was: string | null; readonly is: string; readonly block: number }
  | { readonly kind: "warning"; readonly text: string; readonly block: number }
  | { readonly kind: "over"; readonly text: string; readonly block: number }
  | { readonly kind: "event"; readonly event: HistoricEvent }
  | { readonly kind: "unreachable" | "reachable" | "reorganized" };

// A reorganized block's events are seen again in the block that took its place.
const LOOK_BACK = 64;
// Missed looks double the wait up to this many times the poll.
const PATIENCE = 8;

/** Never ends by itself; a node that drops out is asked again. @throws what is not the node's silence */
export async function* watchLicense(parts: LicenseParts, terms: WatchTerms): AsyncGenerator<Sighting> {
  const said = new Map<string, string>();
  const seen = new Map<string, number>();
  let standing: string | null = null;
  let start: number | undefined; // block of the first look: what came before is the status's
  let newest = 0;
  let newestHash: string | null = null;
  let missed = 0;
  while (!terms.signal?.aborted) {
    try {
      const status = await readLicenseStatus(parts, terms.manufacturerId, terms.fromBlock);
      start ??= status.block;
      const fromBlock = Math.max(start + 1, Math.min(newest, status.block) - LOOK_BACK);
      const events = await eventsOf(parts, terms.manufacturerId, { fromBlock, toBlock: status.block });
      if (missed > 0) yield { kind: "reachable" };
      missed = 0;
      if (newest > 0 && (await hashOf(parts, newest)) !== newestHash) yield { kind: "reorganized" };
      for (const event of events) {
        const key = `${event.blockHash} ${event.index}`;
        if (!seen.has(key)) yield { kind: "event", event };
        seen.set(key, event.block);
      }
      for (const [key, block] of seen) if (block < status.block - 2 * LOOK_BACK) seen.delete(key);
      yield* changes(status, terms.days, standing, said);
      standing = status.standing;
      newest = status.block;
      newestHash = status.blockHash;
    } catch (error) {
      if (!isTouchmarkError(error, "CHAIN_UNREACHABLE")) throw error;
      missed += 1;
      if (missed === 1) yield { kind: "unreachable" };
    }
    const times = Math.min(2 ** Math.max(0, missed - 1), PATIENCE);
    await wait(terms.poll * times, undefined, terms.signal && { signal: terms.signal }).catch(() => undefined);
  }
}

/** Null where the node has no such block. */
async function hashOf({ programme }: LicenseParts, block: number): Promise<string | null> {
  const found = await translated(async () => await programme.runner?.provider?.getBlock(block), programme.interface);
  return found?.hash ?? null;
}

async function eventsOf(
  { nodes, programme, board }: LicenseParts,
  id: bigint,
  range: { readonly fromBlock: number; readonly toBlock: number },
): Promise<HistoricEvent[]> {
  if (range.fromBlock > range.toBlock) return [];
  const all = [];
  for (const contract of [programme, board, nodes]) all.push(...(await historyOf(contract, [], id, range)));
  return all.toSorted((a, b) => a.block - b.block || a.index - b.index);
}

function* changes(
  status: LicenseStatus,
  days: number,
  was: string | null,
  said: Map<string, string>,
): Generator<Sighting> {
  const { standing: is, block } = status;
  if (was !== is) yield { kind: "standing", was, is, block };
  const warnings = warningsOf(status, days);
  for (const { subject, text } of warnings) {
    if (!said.has(subject)) yield { kind: "warning", text, block };
    said.set(subject, text);
  }
  for (const [subject, text] of said) {
    if (warnings.some((warning) => warning.subject === subject)) continue;
    said.delete(subject);
    yield { kind: "over", text, block };
  }
}
