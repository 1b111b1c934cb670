// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { blockWitnessDigest } from "../../../host/src/protocol/eip712-witness.ts";
import {
  checkEquivocation,
  equivocationFromJson,
  equivocationToJson,
} from "../../../host/src/protocol/equivocation.ts";
import type { WitnessStatement } from "../../../host/src/protocol/witness-statement.ts";
import { fakeKey } from "../../../protocol/vectors/lab/keys.ts";
import { verdict } from "../../support/refusal.ts";

const CHAIN = 137n;

function statement(key: string, change: Partial<WitnessStatement> = {}): WitnessStatement {
  const witness = {
    number: 64n,
    blockHash: new Uint8Array(32).fill(1),
    timestamp: 1_800_000_000n,
    epoch: 1,
    nonce: new Uint8Array(32),
    ...change,
  };
  const { publicKey, sign } = fakeKey(key);
  return { ...witness, chainId: CHAIN, publicKey, signature: sign(blockWitnessDigest(CHAIN, witness)) };
}

const OTHER = { blockHash: new Uint8Array(32).fill(2) };

describe("evidence of equivocation", () => {
  const evidence = (a: WitnessStatement, b: WitnessStatement) => ({ statements: [a, b] as const });

  it("holds for one witness, one number, two hashes", () => {
    const file = equivocationToJson(evidence(statement("witness-1"), statement("witness-1", OTHER)));
    expect(verdict(() => checkEquivocation(equivocationFromJson(JSON.parse(JSON.stringify(file)))))).to.equal("ok");
  });

  it("holds across epochs and challenges", () => {
    const other = statement("witness-1", { ...OTHER, epoch: 2, nonce: new Uint8Array(32).fill(7) });
    expect(verdict(() => checkEquivocation(evidence(statement("witness-1"), other)))).to.equal("ok");
  });

  for (const [title, a, b, expected] of [
    ["the same statement twice", statement("witness-1"), statement("witness-1"), "EQUIVOCATION_ABSENT"],
    ["two witnesses", statement("witness-1"), statement("witness-2", OTHER), "EQUIVOCATION_ABSENT"],
    ["two numbers", statement("witness-1"), statement("witness-1", { ...OTHER, number: 96n }), "EQUIVOCATION_ABSENT"],
    [
      "a statement that the witness did not sign",
      statement("witness-1"),
      { ...statement("witness-1"), ...OTHER },
      "WITNESS_SIGNATURE",
    ],
  ] as const) {
    it(`does not hold for ${title}`, () => {
      expect(verdict(() => checkEquivocation(evidence(a, b)))).to.equal(expected);
    });
  }

  it("is refused as a file that was damaged", () => {
    const file = equivocationToJson(evidence(statement("witness-1"), statement("witness-1", OTHER)));
    expect(verdict(() => equivocationFromJson({ ...file, kind: "x" }))).to.equal("MESSAGE_FIELD");
    const [first, second] = file.statements;
    const broken = { ...file, statements: [{ ...first, number: "064" }, second] };
    expect(verdict(() => equivocationFromJson(broken))).to.equal("MESSAGE_FIELD");
    expect(verdict(() => equivocationFromJson(null))).to.equal("MESSAGE_FIELD");
  });
});
