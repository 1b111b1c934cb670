// SPDX-License-Identifier: Apache-2.0
// What a license does not allow now, and why: the contracts' own rules, for people to read before they try.
import type { LicenseStatus } from "./license-status.ts";

export interface Block {
  readonly what: "register" | "announce" | "install" | "renew";
  readonly why: string;
}

type Facts = Omit<LicenseStatus, "blocked">;

export function blockedBy(facts: Facts): Block[] {
  const of = (what: Block["what"], reasons: readonly (string | false)[]): Block[] =>
    reasons.filter((why) => why !== false).map((why) => ({ what, why }));
  return [
    ...of("register", registering(facts)),
    ...of("announce", announcing(facts)),
    ...of("install", installing(facts)),
    ...(renewalIsNear(facts) ? of("renew", renewing(facts)) : []),
  ];
}

/** DeviceRegistry: an active license, not expired, a certified model, room in the quota. */
function registering({ standing, life, expiry, time, models, mintModel, units }: Facts): (string | false)[] {
  const model = models.find(({ name }) => name === mintModel);
  return [
    standing !== "active" && `the license is ${reasonOf(standing, life)}`,
    expiry <= time && standing === "active" && "the license has expired",
    mintModel === "" && "no model is set: registry model",
    mintModel !== "" && (model?.validUntil ?? 0n) <= time && `model ${mintModel} has no certificate in force`,
    units.registered >= units.quota && `all ${units.quota} units of the quota are registered`,
  ];
}

/** OtaBoard.announce: the source's standing now, an OTA signer. */
function announcing({ standing, life, expiry, time, word }: Facts): (string | false)[] {
  return [
    standing !== "active" && standing !== "sunset" && `the license is ${reasonOf(standing, life)}`,
    (standing === "active" || standing === "sunset") && expiry <= time && "the license has expired",
    BigInt(word.otaSigner) === 0n && "the board has no OTA signer: board signer",
  ];
}

/** What units prove: the board's word, which anybody may bring up to date. */
function installing({ word, standing, time }: Facts): (string | false)[] {
  const serves = word.status === "active" || word.status === "sunset";
  return [
    !serves && `the board says ${word.status}`,
    serves && word.expiry <= time && "the board's word has lapsed: board refresh",
    serves && word.status !== standing && `the board still says ${word.status}: board refresh`,
  ];
}

// Before that, nobody has to think of it.
const RENEWAL_S = 90n * 86_400n;

function renewalIsNear({ life, renewalRequested, expiry, time }: Facts): boolean {
  return life === "active" && (renewalRequested || expiry - time < RENEWAL_S);
}

/** LicenseProgramme.renew. */
function renewing({ renewalRequested, mou, stake, audits, time }: Facts): (string | false)[] {
  const unpassed = audits.filter(({ passed, validUntil }) => !passed || validUntil <= time);
  return [
    !renewalRequested && "renewal was not asked for: license request-renewal",
    mou.signed !== mou.inForce && `MOU ${mou.inForce} is not signed: license sign`,
    stake.held < stake.minimum && "the stake is below today's minimum: license stake",
    ...unpassed.map(({ kind }) => `the ${kind} audit is not passed and in date`),
  ];
}

function reasonOf(standing: string, life: string): string {
  if (standing === life || life === "none") return life === "none" ? "not applied for" : life;
  // The programme answers for a renounced license as for a sunset one.
  if (life === "renounced" && standing === "sunset") return life;
  return life === "active" || life === "sunset" || life === "renounced"
    ? `${standing}: its licensee does not hold the node by right`
    : life;
}
