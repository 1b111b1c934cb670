// SPDX-License-Identifier: Apache-2.0
// The unit's signature of a claim or a pairing: given, or asked of the unit.
import { readFile } from "node:fs/promises";
import type { Argv } from "yargs";
import { DEFAULT_BAUD_RATE } from "../../device/transport.ts";
import { TouchmarkError } from "../../errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import type { OwnerConsent } from "../../protocol/owner-consent.ts";
import type { BackendName } from "../../registry/backend/backend.ts";
import type { AskUnit } from "../../registry/device/claim.ts";
import type { DeviceAct } from "../../registry/device/device-act.ts";
import { pressed } from "../device/owner-signature.ts";
import { withUnit } from "../device/port.ts";
import type { Io } from "../io.ts";
import { wholeNumber } from "../numbers.ts";

export interface SignatureArguments {
  readonly signature: string | undefined;
  readonly port: string | undefined;
  readonly baud: number;
  readonly wait: number;
  readonly deadline: string | undefined;
}

export function signatureArguments<T>(yargs: Argv<T>): Argv<T & SignatureArguments> {
  return yargs
    .option("signature", { type: "string", describe: "The unit's: 65 bytes r, s, v as hexadecimal, or a file of them" })
    .option("port", { type: "string", describe: "Of the unit, which signs at the press of its button" })
    .option("baud", { type: "number", default: DEFAULT_BAUD_RATE, describe: "Bits a second, on serial lines" })
    .option("wait", { type: "number", default: 30, describe: "Seconds to wait for the unit's button" })
    .option("deadline", { type: "string", describe: "Unix seconds that the unit signed; DIMO's registry has none" });
}

/** An hour, for the signature to be brought on chain. */
const HOUR = 3600n;

/** Unix seconds. @param now the chain's @throws USAGE for a signature whose deadline our registry has to know */
export function deadlineOf({ deadline, signature }: SignatureArguments, name: BackendName, now: bigint): bigint {
  if (name === "touchmark" && signature !== undefined && deadline === undefined)
    throw new TouchmarkError("USAGE", { data: { missing: "deadline", hint: "the one that the unit signed" } });
  return deadline === undefined ? now + HOUR : wholeNumber("deadline", deadline);
}

/** @throws SIGNATURE_ABSENT with neither a signature nor a unit, saying what has to be signed, and how */
export function askUnit(args: SignatureArguments, io: Io): AskUnit {
  return async (act, digest) => {
    const { signature, port, baud, wait } = args;
    if (signature !== undefined) return await readSignature(signature);
    const consent = consentOf(act);
    if (port === undefined) {
      const fields = Object.fromEntries(Object.entries(act.value).map(([name, of]) => [name, `${of}`]));
      const { sign, bring } = howToSign(consent);
      throw new TouchmarkError("SIGNATURE_ABSENT", { data: { struct: act.struct, ...fields, digest, sign, bring } });
    }
    return await withUnit({ port, baud }, async (unit) =>
      pressed(wait, io, async () => `0x${toHex(await unit.consent(consent))}`),
    );
  };
}

/** The line to run beside the unit, and what to add to this one afterwards. */
export function howToSign({ kind, limits, ...of }: OwnerConsent): { readonly sign: string; readonly bring: string } {
  const options = Object.entries({ ...of, ...limits }).map(([name, value]) => `--${name} ${String(value)}`);
  const deadline = limits ? ` --deadline ${limits.deadline}` : "";
  return {
    sign: ["touchmark device", kind, "PORT", ...options].join(" "),
    bring: `--signature SIGNATURE${deadline}`,
  };
}

/** What the unit is asked; it names chain and registry itself. */
function consentOf({ struct, value }: DeviceAct): OwnerConsent {
  const number = (name: string): bigint => BigInt(value[name] ?? 0);
  const limits = { nonce: number("nonce"), deadline: number("deadline") };
  switch (struct) {
    case "claimAftermarketDevice":
      return { kind: "claim", token: number("aftermarketDeviceNode"), owner: String(value["owner"]) };
    case "pairAftermarketDevice":
      return { kind: "pair", token: number("aftermarketDeviceNode"), vehicle: number("vehicleNode") };
    case "claimDevice":
      return { kind: "claim", token: number("tokenId"), owner: String(value["owner"]), limits };
    case "unpairDevice":
      return { kind: "unpair", token: number("tokenId"), vehicle: number("vehicleId"), limits };
    case "pairDevice":
      return { kind: "pair", token: number("tokenId"), vehicle: number("vehicleId"), limits };
  }
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
