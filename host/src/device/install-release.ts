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
