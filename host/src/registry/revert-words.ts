// SPDX-License-Identifier: Apache-2.0
// A contract's error in words: its fields by name, enums and times as people read them, and what helps.
import type { ErrorDescription } from "ethers";
import { chainTime } from "../protocol/chain-date.ts";
import { enums, words } from "../protocol/generated.ts";

export interface RevertWords {
  /** Each field of the error, `name value`; absent where it has none. */
  readonly means?: string;
  readonly hint?: string;
}

export function wordsOf({ name, fragment, args }: ErrorDescription): RevertWords {
  const fields = fragment.inputs.map((input, at) => `${input.name} ${valueOf(input.name, args[at])}`);
  const hint = hints[name];
  return { ...(fields.length > 0 && { means: fields.join(", ") }), ...(hint !== undefined && { hint }) };
}

/** Names of the contracts' fields; `reason` is an enum where it is a number, a word of 32 bytes where not. */
const enumOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  life: enums.life,
  kind: enums.auditKind,
  state: enums.slashState,
  reason: enums.reason,
  status: words.licenseStatus,
};

// Unix seconds.
const TIMES = ["validUntil", "expiry", "freeAt", "executableAt", "effectiveAt", "deadline"];

function valueOf(field: string, value: unknown): string {
  if (typeof value !== "bigint") return String(value);
  if (TIMES.includes(field)) return value === 0n ? "none" : chainTime(value);
  const name = Object.entries(enumOf[field] ?? {}).find(([, number]) => BigInt(number) === value)?.[0];
  return name ?? (field === "status" && value === 0n ? "none" : `${value}`);
}

const STATUS = "license status says what stands, and what is blocked and why";
const AUDIT = "an auditor of this kind records one: license audit";
const NODE_OWNER = "the owner of the manufacturer's node has to send it: node info says who that is";
const ROLE = "another account has to send it: role grant says who holds which";

/** By the error's name; those that say it all themselves have none. */
const hints: Readonly<Record<string, string>> = {
  NotAllowedIn: `not in this state of the license's life; ${STATUS}`,
  LicenseNotInForce: STATUS,
  LicenseExpired: "the licensor renews it: license request-renewal, then license renew",
  LicenseeNotOwner: "the node has another owner than the license was granted to",
  NotLicensee: "the licensee of the license has to send it: license show",
  NotEntitledOwner: NODE_OWNER,
  NotNodeOwner: NODE_OWNER,
  UnknownManufacturer: "no node has this id: registry node makes one",
  AuditMissing: AUDIT,
  AuditFailed: AUDIT,
  AuditTooShort: AUDIT,
  AuditEnded: AUDIT,
  AuditOfOwnLicense: "an auditor that does not own the node has to record it",
  ModelNotCertified: "the hardware auditor certifies it: license model; then the maker registers as it: registry model",
  MouOutdated: "the maker signs the version in force: license sign",
  MouNotPublished: "the licensor publishes it first: license mou",
  MouSignatureExpired: "sign again: license sign",
  RenewalNotRequested: "the maker asks first: license request-renewal",
  QuotaExceeded: "the licensor raises it: license quota",
  StakeBelowMinimum: "the maker pays more: license stake",
  ERC20InsufficientBalance: "the account holds too few of the stake's token",
  NotLicensor: ROLE,
  NotAdmin: ROLE,
  NotAuditor: ROLE,
  ZeroEvidence: "the hash of a report, not zero",
  Unauthorized:
    "the account may not: a unit's owner, a vehicle's, or the maker's node owner has to send it; of a claimed unit its owner consents first: registry consent",
  AdNotClaimed: "no owner has claimed it: nothing is to be given back",
  AdPaired: "part it from its vehicle first: registry unpair",
  SignatureExpired: "the unit signs again, with a later --deadline",
  InvalidAdSignature: "another unit signed, or another nonce, deadline, owner, vehicle, chain or registry",
  DeviceAlreadyRegistered: "an address is a unit's once, for good, also after a reset",
  DeviceIsRevoked: "a revoked unit gets nothing more",
  AttributeNotWhitelisted: "the admin adds it: registry list-attribute",
  AttributeFixed: "it was given when the unit was registered, or never",
  NotAnnouncer: "the announcer of the board has to send it: board announcer",
  OtaSignerNotSet: "the maker names one first: board signer",
  NotAnnounced: "announce the release first: release announce",
  SecurityVersionTooLow: "build the release with a higher --security-version",
};
