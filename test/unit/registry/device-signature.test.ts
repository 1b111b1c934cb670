// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { computeAddress, getBytes, id as keccakOf, SigningKey } from "ethers";
import { isTouchmarkError } from "../../../host/src/errors.ts";
import { requireSignature } from "../../../host/src/registry/device/device-act.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const key = new SigningKey(keccakOf("FAKE key of a test"));
const address = computeAddress(key).toLowerCase();
const digest = keccakOf("a claim");
const good = key.sign(digest).serialized;

describe("a unit's signature for a contract", () => {
  it("is passed on as it is", () => {
    expect(requireSignature(good, digest, address)).to.equal(good);
  });

  const other = good.endsWith("1b") ? "1c" : "1b";
  const high = (ORDER - BigInt(`0x${good.slice(66, 130)}`)).toString(16).padStart(64, "0");
  const wrong: Record<string, [signature: string, what: RegExp]> = {
    "is short": [good.slice(0, -2), /not 65 bytes/],
    "is long": [`${good}00`, /not 65 bytes/],
    "has v 0": [`${good.slice(0, -2)}00`, /neither 27 nor 28/],
    "has v 1": [`${good.slice(0, -2)}01`, /neither 27 nor 28/],
    "has the other v": [`${good.slice(0, -2)}${other}`, /signed by|out of range/],
    "has a high s": [`${good.slice(0, 66)}${high}${other}`, /s is high/],
    "has r 0": [`0x${"00".repeat(32)}${good.slice(66)}`, /out of range/],
    "has s 0": [`${good.slice(0, 66)}${"00".repeat(32)}${good.slice(-2)}`, /out of range/],
    "is of another message": [key.sign(keccakOf("another")).serialized, /signed by|out of range/],
  };
  for (const [name, [signature, what]] of Object.entries(wrong))
    it(`is refused where it ${name}`, () => {
      expect(getBytes(good)).to.have.length(65);
      expect(() => requireSignature(signature, digest, address))
        .to.throw()
        .that.satisfies(
          (error: unknown) => isTouchmarkError(error, "SIGNATURE_INVALID") && what.test(String(error.data["what"])),
        );
    });
});
