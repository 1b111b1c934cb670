// SPDX-License-Identifier: Apache-2.0
// What hardening burns, in order: what closes the way in comes last. Names of fuses are those of TRM 4.3.
import { TouchmarkError } from "../errors.ts";
import { PURPOSE_SECURE_BOOT_DIGEST0 } from "./fuses.ts";

/** Bits of block 0, or a whole block with its purpose. */
export type FuseStep =
  | {
      readonly name: string;
      readonly why: string;
      readonly word: number;
      /** The whole field, which is to hold bits and nothing else. */
      readonly mask: number;
      readonly bits: number;
      /** The mask ROM leaves its loader when it finds this burned: nothing is read back after it. */
      readonly closesLoader?: true;
    }
  | {
      readonly name: string;
      readonly why: string;
      readonly block: number;
      /** Which of the mask ROM's digests it holds. */
      readonly slot: number;
      readonly value: Uint8Array;
    };

export interface FusePlanOptions {
  /** SHA-256 of public keys of the mask ROM's own secure boot, at most two. */
  readonly digests?: readonly Uint8Array[];
  /** Whether the mask ROM starts what one of them signed alone: a chip whose flash holds anything else is lost. */
  readonly secureBoot?: boolean;
  /** What the rollback counter's mirror rises to. */
  readonly securityVersion?: number;
}

export const WRITE_DISABLE = 0;
const REPEAT0 = 1;
const REPEAT1 = 2;
const REPEAT2 = 3;
const REPEAT3 = 4;
const DIGEST_BLOCK = 8;
const DIGEST_KEY = 4;
const DIGEST_LIMIT = 2;
const DIGEST_SLOTS = 3;
const REVOKE_SHIFT = 21;
const SECURE_BOOT_EN = 1 << 20;
const VERSION_SHIFT = 14;
const VERSION_LIMIT = 10;

/** @throws USAGE for more than two digests, digests of another length, or a version that the row does not hold */
export function fusePlan({ digests = [], secureBoot = false, securityVersion = 0 }: FusePlanOptions): FuseStep[] {
  if (digests.length > DIGEST_LIMIT || digests.some(({ length }) => length !== 32))
    throw new TouchmarkError("USAGE", { data: { expected: `at most ${DIGEST_LIMIT} digests of 32 bytes` } });
  if (secureBoot && digests.length === 0)
    throw new TouchmarkError("USAGE", { data: { expected: "a digest to start from" } });
  if (!Number.isInteger(securityVersion) || securityVersion < 0 || securityVersion > VERSION_LIMIT)
    throw new TouchmarkError("USAGE", { data: { securityVersion, expected: `0 to ${VERSION_LIMIT}` } });
  const version = {
    name: `SECURE_VERSION ${securityVersion}`,
    why: "nothing below this security version is installed or starts",
    ...flags(REPEAT3, ((1 << securityVersion) - 1) << VERSION_SHIFT),
  };
  return [
    ...digests.flatMap(digestSteps),
    ...(secureBoot ? secureBootSteps(digests.length) : []),
    ...(securityVersion > 0 ? [version] : []),
    { name: "DIS_USB_JTAG", why: "no debugger over USB", ...flags(REPEAT0, 1 << 9) },
    { name: "DIS_PAD_JTAG", why: "no debugger on the JTAG pins", ...flags(REPEAT0, 1 << 19) },
    { name: "DIS_DIRECT_BOOT", why: "flash is not executed past the mask ROM's checks", ...flags(REPEAT3, 1 << 1) },
    {
      name: "DIS_DOWNLOAD_MODE",
      why: "the mask ROM's loader is closed, for this command too",
      ...flags(REPEAT3, 1),
      closesLoader: true,
    },
  ];
}

/** Bits each of which is a fuse of its own. */
const flags = (
  word: number,
  bits: number,
): { readonly word: number; readonly mask: number; readonly bits: number } => ({
  word,
  mask: bits,
  bits,
});

/** What closes a key block and its purpose against writing. */
export function writeDisableOf(block: number): number {
  return (1 << (19 + block)) | (1 << (8 + block - DIGEST_BLOCK + DIGEST_KEY));
}

function digestSteps(value: Uint8Array, index: number): FuseStep[] {
  const block = DIGEST_BLOCK + index;
  const key = DIGEST_KEY + index;
  return [
    { name: `BLOCK_KEY${key}`, why: `digest ${index} of the mask ROM's secure boot`, block, slot: index, value },
    {
      name: `KEY_PURPOSE_${key}`,
      why: "what the block is for",
      word: REPEAT2,
      mask: 0xf << (4 * (key - 2)),
      bits: (PURPOSE_SECURE_BOOT_DIGEST0 + index) << (4 * (key - 2)),
    },
    {
      name: `WR_DIS.BLOCK_KEY${key}`,
      why: "neither block nor purpose changes any more",
      ...flags(WRITE_DISABLE, writeDisableOf(block)),
    },
  ];
}

function secureBootSteps(digests: number): FuseStep[] {
  const unused = Array.from({ length: DIGEST_SLOTS - digests }, (_, slot) => digests + slot);
  return [
    {
      name: `SECURE_BOOT_KEY_REVOKE ${unused.join(", ")}`,
      why: "no key is added later",
      word: REPEAT1,
      mask: ((1 << DIGEST_SLOTS) - 1) << REVOKE_SHIFT,
      bits: unused.reduce((bits, slot) => bits | (1 << (REVOKE_SHIFT + slot)), 0),
    },
    {
      name: "SECURE_BOOT_EN",
      why: "the mask ROM starts no bootloader that the key did not sign",
      ...flags(REPEAT2, SECURE_BOOT_EN),
    },
  ];
}
