// SPDX-License-Identifier: Apache-2.0
import { existsSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { terminal } from "../../../host/src/cli/io.ts";
import { withSources } from "../../../host/src/cli/release/proof.ts";
import { init } from "../../../host/src/cli/witness/init.ts";
import { openRecord } from "../../../host/src/cli/witness/open-record.ts";
import { createKeyFile } from "../../../host/src/keys/file-signer.ts";
import { WitnessRecord } from "../../../host/src/witness/record.ts";
import { refusal, verdict } from "../../support/refusal.ts";
import { runVerb } from "../../support/run-verb.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const PASSPHRASE = "FAKE passphrase of a test";

describe("witnesses run by a proving verb", () => {
  it("sign nothing without a record", async () => {
    const args = {
      rpc: [],
      witness: [],
      "witness-key": ["w.pem"],
      "witness-record": undefined,
      "witness-granularity": "1",
      "witness-max-age": "0",
    };
    const known = {} as Parameters<typeof withSources>[1];
    const error = await refusal(withSources(args, known, [], terminal(false), () => Promise.resolve()));
    expect(error.code).to.equal("USAGE");
    expect(error.data).to.deep.equal({ missing: "witness-record" });
  });
});

describe("a witness's record, on the command line", () => {
  let folder: TemporaryFolder;
  const at = (name: string): string => folder.join(name);
  before(() => {
    folder = new TemporaryFolder();
  });
  after(() => folder[Symbol.dispose]());

  it("is begun once for a key, and never by whoever signs", async () => {
    writeFileSync(at("passphrase"), PASSPHRASE);
    const { publicKey, address } = await createKeyFile(at("witness.key"), PASSPHRASE);
    expect(verdict(() => openRecord(at("witness.db")))).to.equal("WITNESS_RECORD_MISSING");
    expect(existsSync(at("witness.db"))).to.equal(false);
    const words = [at("witness.db"), "--key", at("witness.key"), "--passphrase-file", at("passphrase")];
    expect((await runVerb(init, words)).json).to.deep.equal({ record: at("witness.db"), address });
    using record = openRecord(at("witness.db"));
    record.bind(publicKey);
    expect(verdict(() => record.bind(new Uint8Array(33).fill(2)))).to.equal("WITNESS_RECORD_FOREIGN");
    expect((await refusal(runVerb(init, words))).code).to.equal("FILE_EXISTS");
  });

  it("that nobody began, or that is none, is no record", () => {
    writeFileSync(at("empty.db"), "");
    expect(verdict(() => openRecord(at("empty.db")))).to.equal("WITNESS_RECORD_MISSING");
    writeFileSync(at("text.db"), "x".repeat(100));
    expect(verdict(() => openRecord(at("text.db")))).to.equal("FILE_MALFORMED");
  });

  it("of before records named a key takes the first that comes", () => {
    {
      using old = new WitnessRecord(at("old.db"));
      old.commit(137n, 64n, new Uint8Array(32));
    }
    using record = openRecord(at("old.db"));
    record.bind(new Uint8Array(33).fill(2));
    expect(verdict(() => record.bind(new Uint8Array(33).fill(3)))).to.equal("WITNESS_RECORD_FOREIGN");
  });
});
