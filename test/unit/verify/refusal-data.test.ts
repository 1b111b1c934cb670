// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { fromHex } from "../../../host/src/protocol/bytes.ts";
import { decodeTrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { verifyBundle } from "../../../host/src/verify/bundle.ts";
import { questionOf, readVectors } from "../../support/proof-vectors.ts";

describe("what a refused bundle is told", () => {
  it("D14 a block below the release's minimum: that minimum, not the floor", () => {
    const data = refusalData("D14 a block below the release's minimum");
    expect(data).to.have.all.keys("block", "minimum");
    expect(data["minimum"]).to.equal(BigInt(String(data["block"])) + 1n);
  });

  it("D24 too few witnesses: how many are listed and how many it takes", () => {
    expect(refusalData("D24 one witness of two")).to.deep.equal({ listed: 1, threshold: 2 });
  });
});

function refusalData(name: string): Readonly<Record<string, unknown>> {
  const { file } = readVectors("chain/header.json");
  const entry = file.cases.find((each) => each.title === name);
  if (entry === undefined) throw new RangeError(name);
  const { unit, input } = questionOf(file, entry);
  const state = { ...unit, trust: decodeTrustBlock(fromHex(unit.trust)) };
  return verifyBundle(state, input, { root: fromHex(unit.root) }).refusal?.data ?? {};
}
