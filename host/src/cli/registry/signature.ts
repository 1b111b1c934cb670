// SPDX-License-Identifier: Apache-2.0
// The unit's signature of a claim or a pairing: given, or asked of the unit.
import { readFile } from "node:fs/promises";
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import type { AskUnit } from "../../registry/device/claim.ts";
import { wholeNumber } from "../numbers.ts";

export interface SignatureArguments {
  readonly signature: string | undefined;
  readonly deadline: string | undefined;
}

export function signatureArguments<T>(yargs: Argv<T>): Argv<T & SignatureArguments> {
  return yargs
    .option("signature", { type: "string", describe: "The unit's: 65 bytes r, s, v as hexadecimal, or a file of them" })
    .option("deadline", { type: "string", describe: "Unix seconds that the unit signed; DIMO's registry has none" });
}

/** An hour, for the signature to be brought on chain. */
const HOUR = 3600n;

/** Unix seconds. @param now the chain's */
export function deadlineOf({ deadline }: SignatureArguments, now: bigint): bigint {
  return deadline === undefined ? now + HOUR : wholeNumber("deadline", deadline);
}

/** @throws USAGE without a signature, saying what has to be signed */
export function askUnit({ signature }: SignatureArguments): AskUnit {
  return async ({ struct, value }, digest) => {
    if (signature === undefined) {
      const fields = Object.fromEntries(Object.entries(value).map(([name, of]) => [name, `${of}`]));
      throw new TouchmarkError("USAGE", { data: { missing: "signature", struct, ...fields, digest } });
    }
    return await readSignature(signature);
  };
}

/** Hexadecimal as it stands, or a file of 65 bytes or of their hexadecimal digits. @throws FILE_MISSING */
export async function readSignature(given: string): Promise<string> {
  if (/^(0x)?[0-9a-fA-F]{130}$/.test(given)) return `0x${given.replace(/^0x/, "")}`;
  const bytes = await readFile(given).catch((cause: unknown) => {
    throw new TouchmarkError("FILE_MISSING", { data: { path: given, hint: "or 65 bytes as hexadecimal" }, cause });
  });
  const text = bytes.toString("latin1").trim();
  return /^(0x)?[0-9a-fA-F]{130}$/.test(text) ? `0x${text.replace(/^0x/, "")}` : `0x${toHex(bytes)}`;
}
