// SPDX-License-Identifier: Apache-2.0
// An update from end to end: upload through the gate, one trial boot, confirm. Each part may be repeated.
import { setTimeout as sleep } from "node:timers/promises";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { decodeAuthentication, decodeBundle } from "../protocol/bundle.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import type { Hello } from "../protocol/messages/hello.ts";
import type { Progress, UnitClient } from "./unit-client.ts";

const SELF_TEST_PATIENCE_MS = 20_000;
const SELF_TEST_POLL_MS = 50;

/**
 * Takes a unit to this release from wherever an earlier attempt left it: staged in part, on trial, or done.
 *
 * @returns the unit as it says hello on the new release
 * @throws the gate's refusal; RELEASE_REVERTED where the unit came back on another release: the trial was reverted
 */
export async function installRelease(unit: UnitClient, bundle: Uint8Array, onProgress?: Progress): Promise<Hello> {
  const { manifestDigest } = decodeAuthentication(decodeBundle(bundle).authentication);
  const before = await unit.hello();
  const isRunning = equalBytes(before.digest, manifestDigest);
  const hello = isRunning ? before : await startTrial(unit, bundle, manifestDigest, onProgress);
  await confirmRunning(unit);
  return hello;
}

/** One release in two encodings. */
export interface Encodings {
  /** With the full image. */
  readonly bundle: Uint8Array;
  /** With a delta, for units that run its base. */
  readonly delta?: Uint8Array;
}

export interface Installed {
  readonly hello: Hello;
  readonly by: "delta" | "bundle";
}

/**
 * The delta where the unit takes it, else the full image. Any other refusal is the release's own and stands.
 *
 * @throws as installRelease; USAGE where the two are not one release
 */
export async function installSmallest(
  unit: UnitClient,
  { bundle, delta }: Encodings,
  onProgress?: Progress,
): Promise<Installed> {
  if (delta === undefined) return { hello: await installRelease(unit, bundle, onProgress), by: "bundle" };
  requireOneRelease(bundle, delta);
  try {
    return { hello: await installRelease(unit, delta, onProgress), by: "delta" };
  } catch (error) {
    const code = isTouchmarkError(error) ? error.code : undefined;
    if (code !== "DELTA_BASE_MISMATCH" && code !== "DELTA_MALFORMED") throw error;
    return { hello: await installRelease(unit, bundle, onProgress), by: "bundle" };
  }
}

function requireOneRelease(bundle: Uint8Array, delta: Uint8Array): void {
  const [a, b] = [bundle, delta].map((bytes) => decodeBundle(bytes).manifest);
  if (a === undefined || b === undefined || !equalBytes(a, b))
    throw new TouchmarkError("USAGE", { data: { expected: "a delta of the same release" } });
}

async function startTrial(
  unit: UnitClient,
  bundle: Uint8Array,
  digest: Uint8Array,
  onProgress: Progress | undefined,
): Promise<Hello> {
  await unit.upload(bundle, onProgress);
  await unit.test(digest);
  await unit.reset();
  const hello = await unit.waitForHello();
  if (!equalBytes(hello.digest, digest)) {
    const data = { expected: toHex(digest), runs: toHex(hello.digest), version: hello.version };
    throw new TouchmarkError("RELEASE_REVERTED", { data });
  }
  return hello;
}

/** Confirms once the unit's self-test has passed. */
async function confirmRunning(unit: UnitClient): Promise<void> {
  for (const end = performance.now() + SELF_TEST_PATIENCE_MS; ; await sleep(SELF_TEST_POLL_MS)) {
    try {
      await unit.confirm();
      return;
    } catch (error) {
      if (!isTouchmarkError(error, "SELF_TEST_PENDING") || performance.now() >= end) throw error;
    }
  }
}
