// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { terminal } from "../../../host/src/cli/io.ts";
import { withSources } from "../../../host/src/cli/release/proof.ts";
import { refusal } from "../../support/refusal.ts";

describe("witnesses run by a proving verb", () => {
  it("sign nothing without a record", async () => {
    const args = {
      rpc: [],
      witness: [],
      "witness-key": ["w.pem"],
      "witness-record": undefined,
      "witness-granularity": "1",
    };
    const known = {} as Parameters<typeof withSources>[1];
    const error = await refusal(withSources(args, known, [], terminal(false), () => Promise.resolve()));
    expect(error.code).to.equal("USAGE");
    expect(error.data).to.deep.equal({ missing: "witness-record" });
  });
});
