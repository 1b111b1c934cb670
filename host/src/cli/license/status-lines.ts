// SPDX-License-Identifier: Apache-2.0
// A license at a glance.
import { formatUnits } from "ethers";
import { chainDate } from "../../protocol/chain-date.ts";
import type { LicenseStatus } from "../../registry/license/license-status.ts";
import { daysLeft } from "../../registry/license/warnings.ts";
import { table } from "../print.ts";

/** @param decimals of the stake's token */
export function statusLines(status: LicenseStatus, decimals: bigint): string {
  const { time, stake, mou, units, slash, word } = status;
  const tokens = (amount: bigint): string => formatUnits(amount, decimals);
  const until = (seconds: bigint): string => untilText(seconds, time);
  const rows: [string, string][] = [
    ["manufacturer", `${status.manufacturerId} ${status.name}, owner ${status.owner}`],
    ["license", `${status.life}, standing ${status.standing}, ${until(status.expiry)}`],
    ["stake", `${tokens(stake.held)} of ${tokens(stake.required)} required; minimum today ${tokens(stake.minimum)}`],
    [
      "MOU",
      `version ${mou.signed} signed, ${mou.inForce} in force${mou.signed === mou.inForce ? "" : ": not current"}`,
    ],
    ...status.audits.map(({ kind, passed, validUntil }): [string, string] => [
      `${kind} audit`,
      validUntil === 0n ? "none" : `${passed ? "passed" : "failed"}, ${until(validUntil)}`,
    ]),
    ...status.models.map(({ name, validUntil }): [string, string] => [
      `model ${name}`,
      validUntil === 0n ? "void: withdrawn, or of a former application" : until(validUntil),
    ]),
    ["units", `${units.registered} of ${units.quota}${status.mintModel === "" ? "" : `, as ${status.mintModel}`}`],
    ["support", status.supportUntil === 0n ? "no date given" : until(status.supportUntil)],
    ["board", `${word.status}, ${until(word.expiry)}, security version ${word.minSecurityVersion}`],
  ];
  if (status.formerSupportUntil !== 0n)
    rows.push(["support before", `${until(status.formerSupportUntil)}, by a former licensee`]);
  if (status.renewalRequested) rows.push(["renewal", "asked for"]);
  if (stake.freeAt !== 0n) rows.push(["stake is free", `from ${chainDate(stake.freeAt)}`]);
  if (status.cureUntil > time) rows.push(["cure period", until(status.cureUntil)]);
  if (slash.state !== "none")
    rows.push([
      "slash",
      `${slash.state}, ${tokens(slash.amount)} for ${slash.reason}, notice to ${chainDate(slash.executableAt)}`,
    ]);
  for (const { what, why } of status.blocked) rows.push([`blocked: ${what}`, why]);
  if (status.blocked.length === 0) rows.push(["blocked", "nothing"]);
  return table(rows.map(([name, value]) => [printable(name), printable(value)]));
}

// Names of models are the chain's: no control characters reach a terminal.
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function untilText(seconds: bigint, now: bigint): string {
  if (seconds === 0n) return "no end date";
  const left = daysLeft(seconds, now);
  return left < 0 ? `ended ${chainDate(seconds)}` : `until ${chainDate(seconds)} (${left} days)`;
}
