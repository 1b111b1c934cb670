// SPDX-License-Identifier: Apache-2.0
import { mintingTests, type TestResult } from "../../protocol/minting-record.ts";
import { sha256 } from "../../protocol/secp256k1.ts";
import { readBytes } from "../files.ts";

/** Tests that the unit passed, by their reports. A unit that failed one gets no identity. */
export async function testResults(
  reports: Readonly<Partial<Record<(typeof mintingTests)[number], string | undefined>>>,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of mintingTests) {
    const path = reports[test];
    if (path !== undefined) results.push({ test, passed: true, report: sha256(await readBytes(path)) });
  }
  return results;
}
