// SPDX-License-Identifier: Apache-2.0
import type { LicenseStatus } from "./license-status.ts";

export interface Warning {
  /** The same as long as it is about the same thing: a watcher says it once. */
  readonly subject: string;
  readonly text: string;
}

const DAY_S = 86_400n;

/** Whole days left, rounded down; negative once over. */
export function daysLeft(until: bigint, now: bigint): number {
  const seconds = until - now;
  return Number(seconds < 0n ? -((-seconds + DAY_S - 1n) / DAY_S) : seconds / DAY_S);
}

/** What ends within so many days or has ended, and what is not as it should be. */
export function warningsOf(status: LicenseStatus, days: number): Warning[] {
  const { time } = status;
  const running = status.life === "active" || status.life === "sunset";
  const ending = (subject: string, until: bigint): Warning[] => {
    if (until === 0n || until - time > BigInt(days) * DAY_S) return [];
    const text = until <= time ? `${subject} has ended` : `${subject} ends in ${daysLeft(until, time)} days`;
    return [{ subject: `${subject} ${until <= time ? "ended" : "ending"}`, text }];
  };
  const { stake, slash } = status;
  return [
    ...(status.standing === "active"
      ? []
      : [
          {
            subject: "standing",
            text: `the license is ${status.standing}${status.life === status.standing ? "" : ` (${status.life})`}`,
          },
        ]),
    ...(running ? ending("the license", status.expiry) : []),
    ...(running ? status.audits.flatMap(({ kind, validUntil }) => ending(`the ${kind} audit`, validUntil)) : []),
    ...status.models.flatMap(({ name, validUntil }) => ending(`the certificate of ${name}`, validUntil)),
    ...(status.life === "suspended" ? ending("the cure period", status.cureUntil) : []),
    ...(running && stake.held < stake.required
      ? [{ subject: "stake", text: "the stake is below what the license was granted under" }]
      : []),
    ...(["proposed", "contested", "upheld"].includes(slash.state)
      ? [{ subject: `slash ${slash.state}`, text: `a slash is ${slash.state}: ${slash.reason}` }]
      : []),
    ...(status.word.status === "none" || status.word.status !== status.standing
      ? [
          {
            subject: "board",
            text: `the board says ${status.word.status}, the programme ${status.standing}: board refresh`,
          },
        ]
      : ending("the board's word", status.word.expiry)),
  ];
}
