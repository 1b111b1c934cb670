// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { makeError } from "ethers";
import yargs from "yargs";
import { groups, singles } from "../../../host/src/cli/commands.ts";
import { describeError, table, toJson } from "../../../host/src/cli/print.ts";
import { TouchmarkError } from "../../../host/src/errors.ts";

const MAIN = new URL("../../../host/src/cli/main.ts", import.meta.url).pathname;
const touchmark = (...words: readonly string[]) => spawnSync(process.execPath, [MAIN, ...words], { encoding: "utf8" });
const verbs = [
  ...groups.flatMap(({ name, verbs: list }) => list.map((verb) => ({ group: `${name} `, verb }))),
  ...singles.map((verb) => ({ group: "", verb })),
];

describe("touchmark's commands", () => {
  for (const { group, verb } of verbs) {
    it(`${group}${verb.command} explains itself and has an example`, async () => {
      const help = await verb.builder(yargs([]).scriptName("touchmark")).getHelp();
      expect(verb.describe).to.match(/^[A-Z].*[^.]$/);
      expect(help)
        .to.include("Examples:")
        .and.include(`touchmark ${group}${verb.command.split(" ")[0]}`);
      // What opens a key asks for its passphrase, or reads it where it is told to.
      if (/--(key|witness-key|secure-boot-key) /.test(help) && group !== "ca ")
        expect(help).to.include("--passphrase-file").and.include("--passphrase-env");
      if (group === "station " && /--line /.test(help))
        expect(help).to.include("--line-passphrase-file").and.include("--line-passphrase-env");
    });
  }

  it("have a group for every folder of verbs", () => {
    const folder = new URL("../../../host/src/cli/", import.meta.url);
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(groups.map(({ name }) => name)).to.include.members(folders.map(({ name }) => name));
  });

  it("end with 0 for an answer, on standard output alone", () => {
    const { status, stdout, stderr } = touchmark("device", "list", "--json");
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).to.be.an("array");
  });

  it("end with 1 for a failure: name, cause, remedy; with --json the error alone on standard output", () => {
    const { status, stdout, stderr } = touchmark("device", "hello", "unix:/nowhere/unit.sock", "--json");
    expect(status).to.equal(1);
    expect(stderr).to.match(/^SERIAL_PORT: .*\n.*port: unix:\/nowhere\/unit\.sock\n.*cause: .*ENOENT.*\n.*remedy: /);
    expect(JSON.parse(stdout)).to.have.nested.property("error.code", "SERIAL_PORT");
  });

  for (const words of [
    [],
    ["device"],
    ["device", "hello"],
    ["nonsense"],
    ["device", "hello", "x", "--nonsense"],
    ["device", "hello", "tcp:x"],
  ]) {
    it(`end with 2 when called as: ${words.join(" ") || "nothing"}`, () => {
      const { status, stdout, stderr } = touchmark(...words);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr).to.match(/^USAGE: /);
    });
  }

  it("say with --json, too, that they were called wrongly", () => {
    const { status, stdout, stderr } = touchmark("device", "list", "--nonsense", "--json");
    expect(status).to.equal(2);
    expect(stderr).to.match(/^USAGE: /);
    expect(JSON.parse(stdout)).to.have.nested.property("error.code", "USAGE");
  });

  it("end without a word where whoever reads has enough", () => {
    const pipe = ["-c", '"$0" "$1" device list --json | true', process.execPath, MAIN];
    const { stderr } = spawnSync("sh", pipe, { encoding: "utf8" });
    expect(stderr).to.equal("");
  });

  it("are those that the library does not print, read the environment or exit for", () => {
    const host = new URL("../../../host/src/", import.meta.url);
    const files = readdirSync(host, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.startsWith("cli/"),
    );
    for (const name of files) {
      const source = readFileSync(new URL(name, host), "utf8");
      expect(source, name).not.to.match(/console\.|process\.(stdout|stderr|exit\(|exitCode)/);
    }
    const readers = files.filter((name) => /process\.env\b/.test(readFileSync(new URL(name, host), "utf8")));
    expect(readers).to.deep.equal(["device/child-process.ts"]); // hands it on, unread
  });
});

describe("what commands print", () => {
  it("is JSON with bytes in hexadecimal and wide integers in decimal", () => {
    expect(JSON.parse(toJson({ a: 2n ** 64n, b: Uint8Array.of(1, 255), c: [1] }))).to.deep.equal({
      a: "18446744073709551616",
      b: "01ff",
      c: [1],
    });
  });

  it("is aligned for people", () => {
    expect(
      table([
        ["a", 1],
        ["long", Uint8Array.of(2)],
        ["without a value", undefined],
      ]),
    ).to.equal("a     1\nlong  02");
  });

  it("says of an ethers error what happened, without the whole call", () => {
    const details = { operation: "eth_call", transaction: "0x".padEnd(1000, "0") };
    const cause = makeError("it went wrong", "UNSUPPORTED_OPERATION", details);
    expect(cause.message).to.have.length.above(1000);
    expect(describeError(new TouchmarkError("CHAIN_UNREACHABLE", { cause })).split("\n")[1]).to.equal(
      "  cause: it went wrong",
    );
  });

  it("names every cause of an error, and its remedy last", () => {
    const cause = new TouchmarkError("DER_MALFORMED", { cause: new Error("tag\nwith more") });
    const lines = describeError(new TouchmarkError("CSR_NOT_DER", { data: { at: 7, none: undefined }, cause })).split(
      "\n",
    );
    expect(lines.slice(1, 4)).to.deep.equal(["  at: 7", "  cause: DER_MALFORMED: not strict DER", "  cause: tag"]);
    expect(lines.at(-1)).to.match(/^ {2}remedy: /);
  });
});
