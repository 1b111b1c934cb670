// SPDX-License-Identifier: Apache-2.0
// What claim, pair, unpair and sign-in share: somebody presses the unit's button, and what it signed is checked here.
import { setTimeout as sleep } from "node:timers/promises";
import type { Argv } from "yargs";
import { checkProfile } from "../../authority/check-profile.ts";
import { profiles } from "../../authority/profiles.ts";
import type { UnitClient } from "../../device/unit-client.ts";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { decodeCertificate } from "../../protocol/certificate.ts";
import { type ConsentLimits, consentDigest, type OwnerConsent } from "../../protocol/owner-consent.ts";
import { requireSignature } from "../../registry/device/device-act.ts";
import type { Io } from "../io.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import type { Result } from "../verb.ts";
import { type PortArguments, portArguments, withUnit } from "./port.ts";

const POLL_MS = 250;

export interface WaitArguments extends PortArguments {
  readonly wait: number;
}

export interface LimitArguments {
  readonly nonce: string | undefined;
  readonly deadline: string | undefined;
}

export function waitArguments(yargs: Argv): Argv<WaitArguments> {
  const describe = "Seconds to wait for the unit's button";
  return portArguments(yargs).option("wait", { type: "number", default: 30, describe });
}

export function limitArguments<T>(yargs: Argv<T>): Argv<T & LimitArguments> {
  return yargs
    .option("nonce", {
      type: "string",
      describe: "The registry's, of this device; without it DIMO's structure is signed",
    })
    .option("deadline", { type: "string", describe: "Unix seconds until which the signature is good" });
}

/** @throws USAGE where only one of the two is given */
export function limitsOf({ nonce, deadline }: LimitArguments): ConsentLimits | undefined {
  if (nonce === undefined && deadline === undefined) return undefined;
  if (nonce === undefined || deadline === undefined)
    throw new TouchmarkError("USAGE", { data: { expected: "--nonce and --deadline, or neither" } });
  return { nonce: wholeNumber("nonce", nonce), deadline: wholeNumber("deadline", deadline) };
}

/** Asks until somebody is at the unit. @throws PRESENCE_REQUIRED once `wait` seconds have passed */
export async function pressed<T>(wait: number, io: Io, ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + wait * 1000;
  let told = false;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isTouchmarkError(error, "PRESENCE_REQUIRED") || performance.now() >= end) throw error;
      if (!told) io.tell("press the unit's button");
      told = true;
      await sleep(POLL_MS);
    }
  }
}

/** @throws SIGNATURE_INVALID unless the unit that answers signed just this, for its own chain and registry */
export async function signConsent(args: WaitArguments, io: Io, consent: OwnerConsent): Promise<Result> {
  return await withUnit(args, async (unit) => {
    const { address = "", chainId } = await unit.hello();
    const signature = await pressed(args.wait, io, () => unit.consent(consent));
    const registry = await registryOf(unit);
    const digest = `0x${toHex(consentDigest(consent, chainId, fromHex(registry)))}`;
    const checked = requireSignature(`0x${toHex(signature)}`, digest, address);
    const { limits, ...what } = consent;
    const json = { ...what, ...limits, chainId, registry, address, signature: checked };
    return { json, text: table(Object.entries(json)) };
  });
}

async function registryOf(unit: UnitClient): Promise<string> {
  const { registry } = checkProfile(profiles.root, decodeCertificate(await unit.pinnedRoot()));
  if (registry === undefined) throw new TouchmarkError("REGISTRY_ABSENT");
  return registry;
}
