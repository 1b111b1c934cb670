// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { memorySigner } from "../../../host/src/keys/memory-signer.ts";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { decodeCertificate } from "../../../host/src/protocol/certificate.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { decodeTrustBlock, encodeTrustBlock, trustHash } from "../../../host/src/protocol/trust-block.ts";
import {
  decodeTrustStatements,
  encodeTrustStatements,
  type TrustStatement,
} from "../../../host/src/protocol/trust-statement.ts";
import { blankTrust, type Federation } from "../../../host/src/release/blank-trust.ts";
import { finishRotation, planRotation, type Rotation, signRotation } from "../../../host/src/trust/rotation.ts";
import { rotationFromJson, rotationToJson } from "../../../host/src/trust/rotation-file.ts";
import type { Anchor } from "../../../host/src/verify/anchor.ts";
import { applyTrustStatements } from "../../../host/src/verify/trust-statements.ts";
import { rootCertificate } from "../../../protocol/vectors/lab/certificates.ts";
import { fakeKey } from "../../../protocol/vectors/lab/keys.ts";
import { CHAIN_ID, MANUFACTURER, ROOT, TRUST, VALIDITY } from "../../../protocol/vectors/lab/scenario.ts";
import { refusal, thrown, verdict } from "../../support/refusal.ts";

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
    const { trust } = applyTrustStatements(OLD, finishRotation(rotation));
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
    expect(applyTrustStatements(OLD, finishRotation(all)).root).to.deep.equal(root);
  });

  it("travels as a file, and as statements in a file", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses, floor: { number: 5n, timestamp: 6n } }), "root");
    const travelled = rotationFromJson(JSON.parse(JSON.stringify(rotationToJson(rotation))));
    expect(travelled).to.deep.equal(rotation);
    const statements = finishRotation(await signed(travelled, "witness-1", "witness-2"));
    expect(decodeTrustStatements(encodeTrustStatements(statements))).to.deep.equal(statements);
    expect(statements.map(({ old }) => old)).to.deep.equal([trustHash(TRUST)]);
  });

  it("is refused as a file that was damaged", () => {
    const json = rotationToJson(planRotation(OLD, { witnesses }));
    expect(verdict(() => rotationFromJson({ ...json, next: json.next.slice(2) }))).to.equal(
      "TRUST_STATEMENT_MALFORMED",
    );
    expect(verdict(() => rotationFromJson({ ...json, kind: "other" }))).to.equal("TRUST_STATEMENT_MALFORMED");
    expect(verdict(() => rotationFromJson(null))).to.equal("TRUST_STATEMENT_MALFORMED");
    for (const value of ["-1", "", "0x1", "1e3", `${2n ** 64n}`, 5, null])
      for (const name of ["floorNumber", "floorTimestamp"])
        expect(verdict(() => rotationFromJson({ ...json, [name]: value }))).to.equal("TRUST_STATEMENT_MALFORMED");
    expect(rotationFromJson({ ...json, floorNumber: `${2n ** 64n - 1n}` })).to.have.nested.property(
      "statement.floorNumber",
      2n ** 64n - 1n,
    );
    const named = { role: 0, index: 0, signature: "00".repeat(64) };
    for (const change of [{ role: -1 }, { index: 256 }, { index: 0.5 }, { signature: "00".repeat(63) }])
      expect(verdict(() => rotationFromJson({ ...json, signatures: [{ ...named, ...change }] }))).to.equal(
        "TRUST_STATEMENT_MALFORMED",
      );
    expect(verdict(() => rotationFromJson({ ...json, signatures: [named] }))).to.equal("ok");
  });

  describe("finished behind others", () => {
    const ALL = ["root", "witness-1", "witness-2"] as const;

    /** A chain of epoch changes, and the trust that it ends at. */
    async function chainOf(count: number, floor = 0n) {
      const statements: TrustStatement[] = [];
      let old: Anchor = OLD;
      for (let at = 0; at < count; at++) {
        const plan = planRotation(old, { floor: { number: floor, timestamp: floor } });
        const finished = finishRotation(await signed(plan, ...ALL));
        statements.push(...finished);
        old = { ...old, trust: applyTrustStatements(old, finished).trust };
      }
      return { statements, old };
    }

    it("makes what a unit applies from the first one's start", async () => {
      const { statements, old } = await chainOf(3);
      const all = finishRotation(await signed(planRotation(old, { witnesses }), ...ALL), statements);
      expect(decodeTrustStatements(encodeTrustStatements(all))).to.have.length(4);
      expect(applyTrustStatements(OLD, all).trust.epoch).to.equal(TRUST.epoch + 4);
    });

    it("D31 is refused as the fifth: a unit takes four at once", async () => {
      const { statements, old } = await chainOf(4);
      const fifth = await signed(planRotation(old, { witnesses }), ...ALL);
      expect(verdict(() => finishRotation(fifth, statements))).to.equal("ROTATION_TOO_MANY");
      expect(finishRotation(fifth)).to.have.length(1);
    });

    it("is refused where they do not lead to its start, or not to each other", async () => {
      const { statements, old } = await chainOf(2);
      const rotation = await signed(planRotation(old, { witnesses }), ...ALL);
      expect(verdict(() => finishRotation(rotation, statements.slice(0, 1)))).to.equal("ROTATION_UNLINKED");
      expect(verdict(() => finishRotation(rotation, statements.toReversed()))).to.equal("ROTATION_UNLINKED");
      const torn = [...statements.slice(1), ...statements.slice(1)];
      expect(verdict(() => finishRotation(rotation, torn))).to.equal("ROTATION_UNLINKED");
    });

    it("is refused where its floor is below that of one before", async () => {
      const { statements, old } = await chainOf(1, 50n);
      const at = (number: bigint) => signed(planRotation(old, { floor: { number, timestamp: 1n } }), ...ALL);
      const [below, equal] = [await at(49n), await at(50n)];
      expect(verdict(() => finishRotation(below, statements))).to.equal("TRUST_FLOOR");
      expect(finishRotation(equal, statements)).to.have.length(2);
    });
  });

  it("is refused where it leads to the trust that it starts from, whatever is signed", async () => {
    const rotation = await signed(planRotation(OLD, { witnesses }), "root");
    const next = { ...rotation.statement, block: encodeTrustBlock({ ...TRUST, floorNumber: 0n, floorTimestamp: 0n }) };
    expect(verdict(() => finishRotation({ ...rotation, statement: next }))).to.equal("ROTATION_UNCHANGED");
  });

  it("is refused where it was planned with another root than the trust's", async () => {
    const identity = { chainId: CHAIN_ID, manufacturerId: MANUFACTURER };
    const root = await rootCertificate({ ...identity, key: "other-root", ...VALIDITY });
    const plan = planRotation({ ...OLD, root }, { witnesses });
    const rotation = await signed(plan, "other-root", "witness-1", "witness-2");
    expect(verdict(() => finishRotation(rotation))).to.equal("ROOT_MISMATCH");
  });

  it("D24 is not planned to one secret under two keys", () => {
    const [first = new Uint8Array(33)] = TRUST.witnesses;
    const negated = first.with(0, first[0] === 2 ? 3 : 2);
    expect(verdict(() => planRotation(OLD, { witnesses: TRUST.witnesses.with(1, negated) }))).to.equal("KEY_REFUSED");
  });

  it("D24 is not planned to a root whose key is a witness's or a recovery key, too", async () => {
    const identity = { chainId: CHAIN_ID, manufacturerId: MANUFACTURER };
    for (const key of ["witness-2", "recovery-1"]) {
      const root = await rootCertificate({ ...identity, key, ...VALIDITY });
      expect(verdict(() => planRotation(OLD, { root }))).to.equal("KEY_REFUSED");
    }
    const own = decodeCertificate(ROOT).publicKey;
    expect(verdict(() => planRotation(OLD, { witnesses: witnesses.with(0, own) }))).to.equal("KEY_REFUSED");
  });

  describe("with a witness that nobody can be", () => {
    /** No point of the curve has this x. */
    const nobody = fromHex(`02${"0".repeat(63)}5`);

    it("D24 is neither planned nor finished, by the key's name", async () => {
      const next = TRUST.witnesses.with(1, nobody);
      const planned = thrown(() => planRotation(OLD, { witnesses: next }));
      expect([planned.code, planned.data["key"]]).to.deep.equal(["PUBLIC_KEY_INVALID", toHex(nobody)]);
      const plan = planRotation(OLD, { witnesses });
      const block = encodeTrustBlock({ ...decodeTrustBlock(plan.statement.block), witnesses: next });
      const edited = { ...plan, statement: { ...plan.statement, block } };
      const rotation = await signed(edited, "root", "witness-1", "witness-2");
      expect(verdict(() => finishRotation(rotation))).to.equal("PUBLIC_KEY_INVALID");
    });

    it("D24 nor as a recovery key is it made the trust of a new unit", () => {
      const federation = (keys: Partial<Federation>) => blankTrust(TRUST, { ...TRUST, ...keys });
      expect(federation({}).recoveryKeys).to.deep.equal(TRUST.recoveryKeys);
      const recoveryKeys = TRUST.recoveryKeys.with(2, nobody);
      expect(verdict(() => federation({ recoveryKeys }))).to.equal("PUBLIC_KEY_INVALID");
      expect(verdict(() => federation({ witnesses: TRUST.witnesses.with(2, nobody) }))).to.equal("PUBLIC_KEY_INVALID");
    });

    it("a unit that has one as a recovery key is not stranded by it", async () => {
      const trust = { ...TRUST, recoveryKeys: TRUST.recoveryKeys.with(2, nobody) };
      const plan = planRotation({ ...OLD, trust }, { witnesses });
      expect(finishRotation(await signed(plan, "root", "witness-1", "witness-2"))).to.have.length(1);
    });
  });

  describe("of a trust block with ten keys, all of them needed", () => {
    const five = (role: string) => [1, 2, 3, 4, 5].map((at) => `${role}-${at}`);
    const keys = (role: string) => five(role).map((name) => fakeKey(name).publicKey);
    const trust = { ...TRUST, witnessThreshold: 5, recoveryThreshold: 5 };
    const full = { ...trust, witnesses: keys("witness"), recoveryKeys: keys("recovery") };

    it("D31 replaces a lost root by eleven signatures, and a file of it is read again", async () => {
      const root = await rootCertificate({
        ...{ chainId: CHAIN_ID, manufacturerId: MANUFACTURER, key: "other-root", ...VALIDITY },
      });
      const plan = planRotation({ ...OLD, trust: full }, { root });
      const eleven = await signed(plan, ...five("witness"), ...five("recovery"), "other-root");
      const statements = decodeTrustStatements(encodeTrustStatements(finishRotation(eleven)));
      expect(statements[0]?.signatures).to.have.length(11);
      expect(applyTrustStatements({ ...OLD, trust: full }, statements).root).to.deep.equal(root);
      const twelve = await signed(eleven, "root");
      const { code, data } = thrown(() => finishRotation(twelve));
      expect([code, data]).to.deep.equal(["TRUST_STATEMENT_MALFORMED", { signatures: 12, most: 11 }]);
    });
  });

  it("D24 is not planned to a federation without a majority", () => {
    for (const witnessThreshold of [0, 1, 1.6, Number.NaN])
      expect(verdict(() => planRotation(OLD, { witnessThreshold }))).to.equal("TRUST_BLOCK_MALFORMED");
    const { recoveryKeys } = TRUST;
    expect(recoveryKeys).to.not.be.empty;
    for (const recoveryThreshold of [0.5, Number.NaN])
      expect(verdict(() => encodeTrustBlock({ ...TRUST, recoveryThreshold }))).to.equal("TRUST_BLOCK_MALFORMED");
  });
});
