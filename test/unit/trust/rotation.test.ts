// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { memorySigner } from "../../../host/src/keys/memory-signer.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { trustHash } from "../../../host/src/protocol/trust-block.ts";
import { decodeTrustStatements, encodeTrustStatements } from "../../../host/src/protocol/trust-statement.ts";
import { finishRotation, planRotation, type Rotation, signRotation } from "../../../host/src/trust/rotation.ts";
import { rotationFromJson, rotationToJson } from "../../../host/src/trust/rotation-file.ts";
import { applyTrustStatements } from "../../../host/src/verify/trust-statements.ts";
import { rootCertificate } from "../../../protocol/vectors/lab/certificates.ts";
import { fakeKey } from "../../../protocol/vectors/lab/keys.ts";
import { CHAIN_ID, MANUFACTURER, ROOT, TRUST, VALIDITY } from "../../../protocol/vectors/lab/scenario.ts";
import { refusal, verdict } from "../../support/refusal.ts";

const OLD = { trust: TRUST, root: ROOT };
const signer = (name: string) => memorySigner(sha256(Buffer.from(`touchmark FAKE ${name}`)));

async function signed(rotation: Rotation, ...names: string[]): Promise<Rotation> {
  let next = rotation;
  for (const name of names) next = await signRotation(next, signer(name));
  return next;
}

describe("a change of trust", () => {
  const witnesses = TRUST.witnesses.with(1, fakeKey("witness-4").publicKey);

  it("D31 becomes a statement with a quorum and the root, signed in any order", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses }), "root", "witness-3", "witness-1");
    const { trust } = applyTrustStatements(OLD, [finishRotation(rotation)]);
    expect(trust.witnesses).to.deep.equal(witnesses);
    expect(trust.epoch).to.equal(TRUST.epoch + 1);
  });

  it("is refused while signatures are missing", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses }), "witness-1", "witness-3");
    expect(verdict(() => finishRotation(rotation))).to.equal("TRUST_SIGNATURES");
    expect(verdict(() => finishRotation(planRotation(OLD, { witnesses })))).to.equal("TRUST_SIGNATURES");
  });

  it("takes no signature of a key that has no role", async () => {
    expect((await refusal(signRotation(planRotation(OLD, { witnesses }), signer("ota")))).code).to.equal("KEY_REFUSED");
  });

  it("does not count a key twice", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses }), "root", "witness-1", "witness-1");
    expect(rotation.statement.signatures).to.have.length(2);
    expect(verdict(() => finishRotation(rotation))).to.equal("TRUST_SIGNATURES");
  });

  it("D31 to another root needs that root's signature as well", async () => {
    const identity = { chainId: CHAIN_ID, manufacturerId: MANUFACTURER };
    const root = await rootCertificate({ ...identity, key: "other-root", ...VALIDITY });
    const most = await signed(planRotation(OLD, { root }), "root", "witness-1", "witness-2");
    expect(verdict(() => finishRotation(most))).to.equal("TRUST_STATEMENT_MALFORMED");
    const all = await signed(most, "other-root");
    expect(applyTrustStatements(OLD, [finishRotation(all)]).root).to.deep.equal(root);
  });

  it("travels as a file, and as statements in a file", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses, floor: { number: 5n, timestamp: 6n } }), "root");
    const travelled = rotationFromJson(JSON.parse(JSON.stringify(rotationToJson(rotation))));
    expect(travelled).to.deep.equal(rotation);
    const statement = finishRotation(await signed(travelled, "witness-1", "witness-2"));
    expect(decodeTrustStatements(encodeTrustStatements([statement]))).to.deep.equal([statement]);
    expect(statement.old).to.deep.equal(trustHash(TRUST));
  });

  it("is refused as a file that was damaged", () => {
    const json = rotationToJson(planRotation(OLD, { witnesses }));
    expect(verdict(() => rotationFromJson({ ...json, next: json.next.slice(2) }))).to.equal(
      "TRUST_STATEMENT_MALFORMED",
    );
    expect(verdict(() => rotationFromJson({ ...json, kind: "other" }))).to.equal("TRUST_STATEMENT_MALFORMED");
    expect(verdict(() => rotationFromJson(null))).to.equal("TRUST_STATEMENT_MALFORMED");
  });

  it("D24 is not planned to a federation without a majority", () => {
    expect(verdict(() => planRotation(OLD, { witnessThreshold: 1 }))).to.equal("TRUST_BLOCK_MALFORMED");
  });
});
