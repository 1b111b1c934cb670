// SPDX-License-Identifier: Apache-2.0
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { toJson } from "../../host/src/cli/print.ts";
import { createKeyFile } from "../../host/src/keys/file-signer.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { blockWitnessDigest } from "../../host/src/protocol/eip712-witness.ts";
import { unitStateToJson } from "../../host/src/protocol/messages/unit-state.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { decodeTrustStatements } from "../../host/src/protocol/trust-statement.ts";
import { witnessStatementToJson } from "../../host/src/protocol/witness-statement.ts";
import { applyTrustStatements } from "../../host/src/verify/trust-statements.ts";
import { fakeKey } from "../../protocol/vectors/lab/keys.ts";
import { ROOT, TRUST } from "../../protocol/vectors/lab/scenario.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;
const PASSPHRASE = "FAKE passphrase of a test";

interface Answer {
  readonly code: number;
  readonly json: Readonly<Record<string, unknown>>;
}

function touchmark(...words: readonly string[]): Promise<Answer> {
  const env = { ...process.env, TOUCHMARK_PASSPHRASE: PASSPHRASE };
  return new Promise((done) => {
    const child = execFile(process.execPath, [MAIN, ...words, "--json"], { env }, (_error, out) =>
      done({ code: child.exitCode ?? -1, json: JSON.parse(out) as Answer["json"] }),
    );
  });
}

describe("the verbs of trust, on files", function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  before(() => {
    folder = new TemporaryFolder();
  });
  after(() => folder[Symbol.dispose]());

  it("D31 rotate, sign and finish lead to a statement that a unit applies", async () => {
    const [one, two] = await Promise.all(
      ["one", "two"].map((name) => createKeyFile(folder.join(`${name}.key`), PASSPHRASE)),
    );
    if (one === undefined || two === undefined) throw new RangeError("keys");
    const trust = { ...TRUST, recoveryThreshold: 2, recoveryKeys: [one.publicKey, two.publicKey] };
    const witnessKeys = ["three", "four"].map((name) => createKeyFile(folder.join(`${name}.key`), PASSPHRASE));
    const witnesses = (await Promise.all(witnessKeys)).map(({ publicKey }) => publicKey);
    const held = { ...trust, witnessThreshold: 2, witnesses };
    const unit = { trust: held, life: "locked", slot: 0, digest: new Uint8Array(32), version: "1.0.0" } as const;
    const state = { ...unit, sequence: 1, securityVersion: 1, rollback: 1 };
    writeFileSync(folder.join("unit.json"), JSON.stringify(unitStateToJson(state)));
    writeFileSync(folder.join("root.pem"), encodePem("CERTIFICATE", ROOT));
    const [rotation, out] = [folder.join("board.rotation"), folder.join("fleet.trust")];
    const board = ["--board", `0x${"ab".repeat(20)}`, "--board-code-hash", `0x${"cd".repeat(32)}`];
    const files = ["--state", folder.join("unit.json"), "--root", folder.join("root.pem")];
    const planned = await touchmark("trust", "rotate", ...files, ...board, "--out", rotation);
    expect(planned.json).to.include({ epoch: TRUST.epoch + 1 });
    for (const name of ["one", "two", "three"]) {
      await touchmark("trust", "sign", rotation, "--key", folder.join(`${name}.key`));
    }
    const early = await touchmark("trust", "finish", rotation, "--out", out);
    expect(early.json).to.have.nested.property("error.code", "TRUST_SIGNATURES");
    const signed = await touchmark("trust", "sign", rotation, "--key", folder.join("four.key"));
    expect(signed.json).to.include({ digest: planned.json["digest"], signatures: 4 });
    expect((await touchmark("trust", "finish", rotation, "--out", out)).code).to.equal(0);
    const applied = applyTrustStatements({ trust: held, root: ROOT }, decodeTrustStatements(readFileSync(out)));
    expect(toHex(applied.trust.board)).to.equal("ab".repeat(20));
  });

  it("accuse makes evidence of two statements, checks it, and refuses what is none", async () => {
    const { publicKey, sign } = fakeKey("witness-1");
    const names = [1, 2].map((fill) => {
      const nonce = new Uint8Array(32);
      const block = { number: 64n, blockHash: new Uint8Array(32).fill(fill), timestamp: 1n, epoch: 1, nonce };
      const statement = { ...block, chainId: 137n, publicKey, signature: sign(blockWitnessDigest(137n, block)) };
      writeFileSync(folder.join(`${fill}.json`), toJson(witnessStatementToJson(statement)));
      return folder.join(`${fill}.json`);
    });
    const evidence = folder.join("evidence.json");
    const made = await touchmark("witness", "accuse", ...names, "--out", evidence);
    expect(made.code).to.equal(0);
    expect((await touchmark("witness", "accuse", evidence)).json).to.deep.equal(made.json);
    const [first = ""] = names;
    const same = await touchmark("witness", "accuse", first, first);
    expect(same.code).to.equal(1);
    expect(same.json).to.have.nested.property("error.code", "EQUIVOCATION_ABSENT");
  });
});
