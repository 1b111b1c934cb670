// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { vendorId } from "../../../host/src/protocol/vendor-id.ts";

describe("a vendor id", () => {
  it("is the UUIDv5 of the vendor's domain, as Python's uuid.uuid5(NAMESPACE_DNS, …) documents it", () => {
    expect(toHex(vendorId("python.org"))).to.equal("886313e13b8a53729b900c9aee199e5d");
  });

  it("does not depend on the case of the domain", () => {
    expect(vendorId("Python.ORG")).to.deep.equal(vendorId("python.org"));
  });
});
