// SPDX-License-Identifier: Apache-2.0
// An attestation and the chain's record, as sentences for the owner of a unit.
import { TouchmarkError } from "../errors.ts";
import { chainDate } from "../protocol/chain-date.ts";
import type { ProvedBlock } from "../registry/proof/registry-proofs.ts";
import type { UnitRecord } from "../registry/unit-record.ts";
import {
  type AttestationTerms,
  type AttestedUnit,
  type BlockOf,
  requireFinished,
  verifyAttestationOnChain,
} from "./attestation.ts";

export interface Finding {
  readonly verdict: "PASS" | "FAIL" | "NOTE";
  readonly says: string;
  /** Of a FAIL. */
  readonly code?: string;
}

export interface Genuine {
  readonly genuine: boolean;
  /** Not genuine only for what was not asked: what would decide it. */
  readonly undecided?: string;
  readonly findings: readonly Finding[];
}

/** The chain, where it is asked. */
export interface ChainView {
  readonly recordOf: (unit: AttestedUnit) => Promise<UnitRecord>;
  readonly blockOf: BlockOf;
  /** That the registry has the unit and did not scrap it, by a block that witnesses vouch for. */
  readonly proofOf?: (unit: AttestedUnit) => Promise<ProvedBlock>;
}

/** @param now unix seconds */
export async function judgeGenuine(
  token: Uint8Array,
  terms: AttestationTerms,
  now: number,
  chain?: ChainView,
): Promise<Genuine> {
  const findings: Finding[] = [];
  let undecided: string | undefined;
  try {
    const unit = await verifyAttestationOnChain(token, terms, chain?.blockOf);
    findings.push(pass(`The key inside is the one that the maker certified for unit ${unit.serial}.`));
    findings.push(aboutRevocation(terms));
    requireFinished(unit.claims);
    findings.push(pass(`It is locked: it runs nothing but its maker's firmware, now ${unit.claims.version}.`));
    if (!chain) findings.push(note("The chain was not asked: whether it was scrapped since is not known."));
    else {
      if (chain.proofOf) findings.push(aboutProof(await chain.proofOf(unit)));
      findings.push(...aboutRecord(await chain.recordOf(unit), now));
    }
    findings.push(note(`It has signed ${unit.claims.claims} claims and ${unit.claims.pairs} pairings in its life.`));
  } catch (error) {
    if (!isVerdict(error)) throw error;
    findings.push({ verdict: "FAIL", says: failure(error), code: error.code });
    undecided = openQuestion(error, terms, chain);
  }
  const genuine = findings.every(({ verdict }) => verdict !== "FAIL");
  return { genuine, findings, ...(undecided !== undefined && { undecided }) };
}

function aboutRevocation({ crl }: AttestationTerms): Finding {
  return crl
    ? pass(`Its maker's revocation list of ${chainDate(crl.thisUpdate)} takes nothing away from it.`)
    : note("No revocation list was looked at: whether it comes from a stolen line is not known.");
}

function aboutProof({ block, age, witnesses }: ProvedBlock): Finding {
  const vouched = `block ${block}, ${age} s old, which ${witnesses} witnesses vouch for`;
  return pass(`That it is registered and not scrapped is proved at ${vouched}; what follows is one node's word.`);
}

/** What the chain's record says, to the owner. @param now unix seconds */
export function* aboutRecord(record: UnitRecord, now: number): Generator<Finding> {
  yield pass(`The chain knows it as unit ${record.tokenId} of ${record.maker}, and does not list it as scrapped.`);
  const inForce = (record.license === "active" || record.license === "sunset") && now < record.licenseUntil;
  if (inForce) yield pass(`Its maker's license is ${record.license} until ${chainDate(record.licenseUntil)}.`);
  else yield note(`Its maker's license is not in force (${record.license}, until ${chainDate(record.licenseUntil)}).`);
  yield* aboutSupport(record, now);
  yield note(record.claimed ? `It is claimed by ${record.owner}.` : "Nobody has claimed it yet.");
}

function* aboutSupport({ supportUntil, formerSupportUntil }: UnitRecord, now: number): Generator<Finding> {
  const owed = (until: number): string => `${now < until ? "is" : "was"} owed until ${chainDate(until)}`;
  if (supportUntil !== undefined) yield note(`Support ${owed(supportUntil)}.`);
  if (formerSupportUntil !== undefined)
    yield note(`Support ${owed(formerSupportUntil)} by a former licensee, for units of his time.`);
  if (supportUntil === undefined && formerSupportUntil === undefined)
    yield note("The chain names no date until which support is owed.");
}

function openQuestion(
  { code, data }: TouchmarkError,
  { registeredBlock }: AttestationTerms,
  chain: ChainView | undefined,
): string | undefined {
  const { block } = data;
  if (code === "CERT_REVOKED" && typeof block === "bigint" && !chain && registeredBlock === undefined)
    return `Its line was revoked, units registered before block ${block} stay valid: ask the chain.`;
  if (code === "ROOT_MISMATCH" || code === "CERT_ISSUER" || code === "CERT_SIGNATURE")
    return "The root given is not the one it names: if it is another maker's, give the root of this unit's maker.";
  return undefined;
}

const OF_THE_CHAIN = /^(CHAIN|TRANSACTION|USAGE|FILE|WITNESS|HEADER|PROOF|RLP|ACCOUNT|WORD|NODE_)/;

// That nobody could be asked, or that a node lies, says nothing of the unit.
function isVerdict(error: unknown): error is TouchmarkError {
  return error instanceof TouchmarkError && !OF_THE_CHAIN.test(error.code);
}

function failure(error: TouchmarkError): string {
  const meaning = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}`;
  return `${meaning} (${error.code}): ${error.remedy}.`;
}

const pass = (says: string): Finding => ({ verdict: "PASS", says });
const note = (says: string): Finding => ({ verdict: "NOTE", says });
