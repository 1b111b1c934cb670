// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { errorName, isTouchmarkError, TouchmarkError } from "../../host/src/errors.ts";
import { deviceErrors, hostErrors } from "../../host/src/protocol/generated.ts";

describe("errors", () => {
  it("carries the row of the table, the data of the case and its cause", () => {
    const cause = new Error("below");
    const error = new TouchmarkError("CERT_ISSUER", { data: { certificate: "leaf" }, cause });
    expect(error.number).to.equal(deviceErrors.CERT_ISSUER.code);
    expect(error.message).to.equal(deviceErrors.CERT_ISSUER.text);
    expect(error.remedy).to.equal(deviceErrors.CERT_ISSUER.remedy);
    expect(error.cause).to.equal(cause);
    expect(JSON.parse(JSON.stringify(error)).data).to.deep.equal({ certificate: "leaf" });
  });

  it("finds every name of the table back by its number, each number once", () => {
    const rows = Object.entries({ ...deviceErrors, ...hostErrors });
    for (const [name, { code }] of rows) expect(errorName(code)).to.equal(name);
    expect(errorName(65_535)).to.equal(undefined);
  });

  it("tells its own errors from others, by code where one is given", () => {
    const error = new TouchmarkError("LOCKED");
    expect(isTouchmarkError(error)).to.equal(true);
    expect(isTouchmarkError(error, "LOCKED")).to.equal(true);
    expect(isTouchmarkError(error, "BUSY")).to.equal(false);
    expect(isTouchmarkError(new Error("LOCKED"), "LOCKED")).to.equal(false);
  });
});
