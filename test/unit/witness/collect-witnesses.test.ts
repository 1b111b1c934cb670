// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { TouchmarkError } from "../../../host/src/errors.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { blockWitnessDigest } from "../../../host/src/protocol/eip712-witness.ts";
import type { WitnessStatement } from "../../../host/src/protocol/witness-statement.ts";
import { collectWitnesses } from "../../../host/src/witness/collect-witnesses.ts";
import { fakeKey } from "../../../protocol/vectors/lab/keys.ts";
import { fakeTrust } from "../../support/fake-factory.ts";
import { refusal } from "../../support/refusal.ts";

const NONCE = new Uint8Array(32);

function source(key: string, change: Partial<WitnessStatement> = {}) {
  const block = { number: 64n, blockHash: new Uint8Array(32).fill(1), timestamp: 1n, epoch: 1, nonce: NONCE };
  const { chainId } = fakeTrust;
  const { publicKey, sign } = fakeKey(key);
  const signed = { ...block, ...change };
  const signature = sign(blockWitnessDigest(change.chainId ?? chainId, signed));
  return { name: key, statement: async () => ({ chainId, publicKey, signature, ...signed }) };
}

describe("statements of witnesses", () => {
  const trust = { ...fakeTrust, witnesses: fakeTrust.witnesses.slice(0, 2) };

  it("are collected where k stand for one block", async () => {
    const { number, witnesses } = await collectWitnesses([source("witness-1"), source("witness-2")], trust, NONCE);
    expect([number, witnesses.map(({ index }) => index)]).to.deep.equal([64n, [0, 1]]);
  });

  const REASONS: Readonly<Record<string, [other: ReturnType<typeof source>, why: RegExp]>> = {
    "one that was rotated out": [source("witness-3"), /^not a witness of the trust block$/],
    "another epoch": [source("witness-2", { epoch: 2 }), /^of epoch 2, not 1$/],
    "another chain": [source("witness-2", { chainId: 5n }), /^of chain 5, not /],
    "another nonce": [source("witness-2", { nonce: NONCE.map(() => 1) }), /^over another nonce$/],
    "a signature that does not fit": [
      source("witness-2", { signature: new Uint8Array(64).fill(1) }),
      /^the signature does not verify$/,
    ],
    "one key twice": [source("witness-1"), /^its key has answered already$/],
    "another block": [
      source("witness-2", { blockHash: NONCE.map(() => 2) }),
      /^another block than the most stand for$/,
    ],
  };
  for (const [title, [other, why]] of Object.entries(REASONS))
    it(`that fall short say why one is not counted: ${title}`, async () => {
      const { code, data } = await refusal(collectWitnesses([source("witness-1"), other], trust, NONCE));
      expect(code).to.equal("WITNESSES_DISAGREE");
      const [first, second] = data["answers"] as { notCounted?: string }[];
      expect(first?.notCounted, toHex(NONCE)).to.equal(undefined);
      expect(second?.notCounted).to.match(why);
    });

  it("that are withheld say why, in the service's words", async () => {
    const withheld = (answer: unknown) => ({
      name: "far",
      statement: () => Promise.reject(new TouchmarkError("WITNESS_UNREACHABLE", { data: { status: 503, answer } })),
    });
    for (const [answer, says] of [
      [{ code: "WITNESS_LAGS", message: "old" }, "WITNESS_LAGS"],
      [{ code: "x".repeat(100) }, "x".repeat(64)],
      [{ code: 7 }, undefined],
      [null, undefined],
      ["WITNESS_LAGS", undefined],
    ] as const) {
      const { data } = await refusal(collectWitnesses([source("witness-1"), withheld(answer)], trust, NONCE));
      const [, second] = data["answers"] as { error?: string; answer?: string }[];
      expect([second?.error, second?.answer]).to.deep.equal(["WITNESS_UNREACHABLE", says]);
    }
  });
});
