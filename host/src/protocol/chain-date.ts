// SPDX-License-Identifier: Apache-2.0

// The last second of the year 9999. A chain's 48 bits of seconds reach beyond JavaScript's dates.
const LAST = 253_402_300_799;
const BEYOND = "after the year 9999";

/** Time of unix seconds as a chain keeps them, in ISO 8601. */
export function chainTime(seconds: bigint | number): string {
  return seconds > LAST ? BEYOND : new Date(Number(seconds) * 1000).toISOString();
}

/** Their date: YYYY-MM-DD. */
export function chainDate(seconds: bigint | number): string {
  return seconds > LAST ? BEYOND : chainTime(seconds).slice(0, "2027-01-31".length);
}
