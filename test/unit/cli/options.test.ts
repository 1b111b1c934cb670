// SPDX-License-Identifier: Apache-2.0
// What stands in an option, or in the file that it names.
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { line as caLine } from "../../../host/src/cli/ca/line.ts";
import { withChain } from "../../../host/src/cli/chain.ts";
import { readCertificate, readJson } from "../../../host/src/cli/files.ts";
import { terminal } from "../../../host/src/cli/io.ts";
import { publicKey } from "../../../host/src/cli/numbers.ts";
import { build } from "../../../host/src/cli/release/build.ts";
import { readUnit, withSources } from "../../../host/src/cli/release/proof.ts";
import { rotate } from "../../../host/src/cli/trust/rotate.ts";
import { accuse } from "../../../host/src/cli/witness/accuse.ts";
import { serve } from "../../../host/src/cli/witness/serve.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { unitStateFromJson, unitStateToJson } from "../../../host/src/protocol/messages/unit-state.ts";
import { encodePem } from "../../../host/src/protocol/pem.ts";
import { fakeTrust } from "../../support/fake-factory.ts";
import { refusal, thrown } from "../../support/refusal.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const SOME = new Uint8Array(32);
const { chainId, board, boardCodeHash, vendorId } = fakeTrust;
const TARGET = {
  ...{ chainId: `${chainId}`, manufacturerId: "7", hardwareModel: "FAKE-1", vendorId: toHex(vendorId) },
  ...{ board: toHex(board), boardCodeHash: toHex(boardCodeHash) },
};
const STATE = unitStateToJson({
  ...{ life: "locked", trust: fakeTrust, rollback: 0, sequence: 1, slot: 0 },
  ...{ digest: SOME, version: "1.0.0", securityVersion: 1 },
});
const KEY = encodePem("ENCRYPTED PRIVATE KEY", SOME);

describe("an option", () => {
  let folder: TemporaryFolder;
  const at = (name: string): string => folder.join(name);

  before(() => {
    folder = new TemporaryFolder();
    const files = { "target.json": JSON.stringify(TARGET), "unit.json": JSON.stringify(STATE), "key.pem": KEY };
    for (const [name, text] of Object.entries({ ...files, "null.json": "null", "root.der": "0" }))
      writeFileSync(at(name), text);
  });
  after(() => folder[Symbol.dispose]());

  const unit = (change: object) =>
    readUnit({ state: at("unit.json"), root: at("root.der"), challenge: undefined, ...change });
  const rotation = (change: object) =>
    rotate.handler(
      { state: at("unit.json"), root: at("root.der"), out: at("out"), force: false, ...change },
      terminal(true),
    );
  const manifest = (change: object) =>
    build.handler(
      {
        ...{ image: at("root.der"), target: at("target.json"), "release-version": "1.0.0", sequence: 1 },
        ...{ "security-version": 1, "min-block": "0", out: at("out"), force: false, ...change },
      },
      terminal(true),
    );

  const witness = (change: object) =>
    serve.handler(
      {
        ...{ rpc: "http://127.0.0.1:1", "chain-id": "137", epoch: 1, key: "none", record: "none", granularity: "32" },
        ...{ "min-age": "300", "max-age": "3600", host: "127.0.0.1", port: 0, rate: 2, proxy: [], ...change },
      },
      terminal(true),
    );
  const proof = (change: object) =>
    withSources(
      {
        ...{ rpc: ["http://127.0.0.1:1"], witness: [], "witness-key": [], "witness-record": undefined },
        ...{ "witness-granularity": "1", "witness-max-age": "3600", ...change },
      },
      { state: unitStateFromJson(STATE), root: SOME },
      [],
      terminal(true),
      () => Promise.resolve(),
    );

  const line = (change: object) =>
    caLine.handler({ folder: "none", station: "hall", units: 5, days: 30, out: "none", ...change }, terminal(true));

  const wrong: readonly [option: string, make: (change: object) => Promise<unknown>, ...values: unknown[]][] = [
    ["challenge", unit, "zz", "abcd", "11".repeat(33)],
    ["board", rotation, "zz", "0xabcd"],
    ["board-code-hash", rotation, "zz", "abcd"],
    ["release-version", manifest, "1.0", "1.0.0-rc1", "1".repeat(40)],
    ["sequence", manifest, -1, 1.5, Number.NaN],
    ["security-version", manifest, -1, 2 ** 32],
    ["units", line, 0, -1, 1.5, Number.NaN, 1_000_001],
    ["days", line, 0, -1, Number.NaN, Number.POSITIVE_INFINITY],
    ["min-block", manifest, "-1", "1.5", String(2n ** 48n)],
    ["threshold", rotation, Number.NaN, 1.5, -1, 8],
    ["chain-id", witness, "0", "-1", "x", "", String(2n ** 64n)],
    ["epoch", witness, Number.NaN, -1, 0.5, 2 ** 32],
    ["granularity", witness, "0", "-1", "1.5", "NaN", String(2n ** 64n)],
    ["min-age", witness, "-1", "1e3", String(2n ** 64n)],
    ["max-age", witness, "-1", "300", "1", String(2n ** 64n)],
    ["port", witness, -1, 65_536, 1.5, Number.NaN],
    ["rate", witness, 0, -1, Number.NaN, Number.POSITIVE_INFINITY],
    ["proxy", witness, ["localhost"], ["127.0.0.1", ""]],
    ["witness-granularity", proof, "0", "-1", "x", String(2n ** 64n)],
    ["witness-max-age", proof, "-1", "x", String(2n ** 64n)],
  ];
  for (const [option, make, ...values] of wrong)
    it(`--${option} of another form is named, whatever it is`, async () => {
      for (const value of values) {
        const error = await refusal(make({ [option]: value }));
        expect(error.code).to.equal("USAGE");
        expect(error.data["option"]).to.equal(option);
      }
    });

  it("a file that is not JSON is named, and nothing of it is quoted", async () => {
    writeFileSync(at("binary.json"), Uint8Array.of(0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d));
    const error = await refusal(readJson(at("binary.json")));
    expect(error.code).to.equal("USAGE");
    expect(error.data).to.deep.equal({ path: at("binary.json"), expected: "JSON" });
    expect(error.cause).to.equal(undefined);
  });

  it("--witness that is no public key is named", async () => {
    const { code, data } = await refusal(rotation({ witness: ["zz"] }));
    expect({ code, option: data["option"] }).to.deep.equal({ code: "USAGE", option: "witness" });
  });

  it("D24 a public key that is no point of the curve is named, before any file is read", () => {
    const { code, data } = thrown(() => publicKey("recovery-public-key", `02${"0".repeat(63)}5`));
    expect({ code, option: data["option"] }).to.deep.equal({ code: "USAGE", option: "recovery-public-key" });
    expect(data["expected"]).to.include("a point of secp256k1");
  });

  it("names a file of another kind by its path and what it lacks", async () => {
    const refused = async (promise: Promise<unknown>) => {
      const { code, data } = await refusal(promise);
      return { code, path: data["path"], field: data["field"] };
    };
    const accusation = (evidence: string, other?: string) => accuse.handler({ evidence, other }, terminal(true));
    const [path, none] = [at("unit.json"), at("null.json")];
    const code = "FILE_MALFORMED";
    const state = at("target.json");
    expect(await refused(unit({ state }))).to.deep.equal({ code, path: state, field: "rollback" });
    expect(await refused(unit({ state: none }))).to.deep.equal({ code, path: none, field: "rollback" });
    expect(await refused(accusation(path, path))).to.deep.equal({ code, path, field: "chainId" });
    expect(await refused(accusation(path))).to.deep.equal({ code, path, field: undefined });
  });

  it("names a file that is no certificate, and what it is", async () => {
    const { code, data } = await refusal(readCertificate(at("key.pem")));
    expect(code).to.equal("FILE_MALFORMED");
    expect(data).to.include({ path: at("key.pem"), found: "ENCRYPTED PRIVATE KEY" });
  });

  it("--chain-id without --rpc says what is missing", async () => {
    const args = { chain: at("chain.json"), rpc: undefined, "chain-id": "5" };
    const { code, data } = await refusal(withChain(args, terminal(true), async () => ({})));
    expect({ code, missing: data["missing"] }).to.deep.equal({ code: "USAGE", missing: "rpc" });
  });
});
