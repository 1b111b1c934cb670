// SPDX-License-Identifier: Apache-2.0
// Has every decision of a source tell its outcome to Hardhat's coverage, on the line on which it stands.
import type { Decision } from "./conditions.ts";

/** Not a number that Hardhat gives to a statement: those are hashes. */
export const tagOf = (decision: number, outcome: boolean): bigint => BigInt(2 * decision + (outcome ? 1 : 0) + 1);

/** A source with its decisions reported, `first` being the number of the first; `library` is the path of LIBRARY. */
export function instrument(source: string, decisions: readonly Decision[], first: number, library: string): string {
  const insertions = decisions.flatMap((decision, index): Insertion[] =>
    decision.kind === "clause"
      ? [{ at: decision.start, text: ` TOUCHMARK_outcome(${first + index}, true);`, opens: decision.end }]
      : [
          { at: decision.start, text: `TOUCHMARK_outcome(${first + index}, `, opens: decision.end },
          { at: decision.end, text: ")", opens: -decision.start },
        ],
  );
  const bytes = Buffer.from(source);
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const { at, text } of insertions.toSorted(byPlace)) {
    pieces.push(bytes.subarray(done, at), Buffer.from(text));
    done = at;
  }
  pieces.push(bytes.subarray(done));
  return Buffer.concat(pieces)
    .toString()
    .replace(/^pragma solidity [^;]+;/m, (pragma) => `${pragma} import {TOUCHMARK_outcome} from "${library}";`);
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Of an opening: where it closes; of a closing: minus where it opened. */
  readonly opens: number;
}

/** In one place: closings before openings, the inner closing and the outer opening first. */
function byPlace(a: Insertion, b: Insertion): number {
  if (a.at !== b.at) return a.at - b.at;
  const [closesA, closesB] = [a.opens <= 0, b.opens <= 0];
  if (closesA !== closesB) return closesA ? -1 : 1;
  return closesA ? a.opens - b.opens : b.opens - a.opens;
}

/** Tells the simulated chain (EDR) a number, as its own coverage library does. */
export const LIBRARY = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

function TOUCHMARK_outcome(uint256 decision, bool outcome) pure returns (bool) {
    TOUCHMARK_pure(TOUCHMARK_tell)(2 * decision + (outcome ? 1 : 0) + 1);
    return outcome;
}

function TOUCHMARK_tell(uint256 tag) view {
    assembly ("memory-safe") {
        let at := mload(0x40)
        mstore(at, tag)
        pop(staticcall(gas(), 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE, at, 32, 0, 0))
    }
}

function TOUCHMARK_pure(function(uint256) internal view told) pure returns (function(uint256) pure tell) {
    assembly {
        tell := told
    }
}
`;
