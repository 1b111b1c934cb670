// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { locked, manifest, packageName } from "../support/lockfile.ts";

/** Whoever publishes under these is trusted already, by one of package.json's own entries. */
const SCOPES = [
  ...["@noble", "@serialport", "@adraffy", "@cbor-extract"], // the product's
  ...["@biomejs", "@oxlint", "@oxlint-tsgolint", "@typescript", "@types", "@esbuild", "@scure", "@sentry"],
  ...["@nomicfoundation", "@openzeppelin", "@bcoe", "@istanbuljs", "@jridgewell", "@streamparser", "@cto.af"],
];

/** Everything that runs beside the keys. A new name here is a decision, not an update. */
const PRODUCT = [
  ...["@noble/curves", "@noble/hashes", "@noble/secp256k1", "node-forge", "cbor-x"],
  ...["ethers", "@adraffy/ens-normalize", "aes-js", "tslib", "ws", "@types/node", "undici-types"],
  ...["esptool-js", "atob-lite", "pako"],
  ...["serialport", "@serialport/binding-mock", "@serialport/bindings-cpp", "@serialport/bindings-interface"],
  ...["byte-length", "cctalk", "delimiter", "inter-byte-timeout", "packet-length", "readline", "ready", "regex"].map(
    (parser) => `@serialport/parser-${parser}`,
  ),
  ...["@serialport/parser-slip-encoder", "@serialport/parser-spacepacket", "@serialport/stream"],
  ...["debug", "ms", "node-addon-api", "node-gyp-build"],
  ...["yargs", "yargs-parser", "cliui", "escalade", "get-caller-file", "y18n", "string-width", "strip-ansi"],
  ...["ansi-regex", "ansi-styles", "wrap-ansi", "emoji-regex", "get-east-asian-width"],
];

/** Packages that bring an install script, none of which may be needed. */
const SCRIPTED = ["@serialport/bindings-cpp", "cbor-extract", "esbuild", "pkcs11js"];

const FORBIDDEN = ["elliptic", "crypto-js", "jsrsasign", "secp256k1", "ecdsa-sig-formatter", "bcrypto", "event-stream"];

const names = (): string[] => locked.map(([path]) => packageName(path));

describe("supply chain", () => {
  it("E1 package.json names exact versions, and the lock holds exactly those", () => {
    const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const held = new Map(locked.map(([path, { version }]) => [path, version]));
    for (const [name, version] of Object.entries(asked)) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
      expect(held.get(`node_modules/${name}`), name).to.equal(version);
    }
  });

  it("E1 every locked package has a SHA-512 and comes from a registry", () => {
    for (const [path, entry] of locked) {
      expect(entry.integrity, path).to.match(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(entry.version, path).to.match(/^\d+\.\d+\.\d+/);
      expect(entry.link, path).to.equal(undefined);
      expect(entry.resolved, path).to.equal(undefined);
    }
  });

  it("E2 npm runs no install script, and the project has none", () => {
    const settings = readFileSync(new URL("../../.npmrc", import.meta.url), "utf8").split("\n");
    expect(settings).to.include("ignore-scripts=true");
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).to.be
      .empty;
  });

  it("E2 no package with an install script is new", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => packageName(path));
    expect(scripted.toSorted()).to.deep.equal(SCRIPTED.toSorted());
  });

  it("E2 what brings an install script works without it", () => {
    const program = `
      import { SerialPort } from "serialport";
      import { decode, encode } from "cbor-x";
      if (typeof SerialPort.binding.open !== "function") throw new Error("serialport");
      if (decode(encode({ a: 1 })).a !== 1) throw new Error("cbor-x");
      console.log("both work");`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    expect(output).to.equal("both work\n");
  });

  it("E3 no library with a record of broken elliptic curves is anywhere in the tree", () => {
    expect(names().filter((name) => FORBIDDEN.includes(name))).to.be.empty;
  });

  it("E3 node-forge is pinned, imported in one file, and used for ASN.1 alone", () => {
    expect(manifest.dependencies["node-forge"]).to.match(/^\d+\.\d+\.\d+$/);
    const users = globSync("host/src/**/*.ts").filter((path) => /from "node-forge/.test(readFileSync(path, "utf8")));
    expect(users).to.deep.equal(["host/src/protocol/der-writer.ts"]);
    const source = readFileSync("host/src/protocol/der-writer.ts", "utf8");
    const members = new Set([...source.matchAll(/\bforge\.(\w+)/g)].map(([, member = ""]) => member));
    expect([...members].toSorted()).to.deep.equal(["asn1"]);
  });

  it("E4 every scope in the tree is one that was chosen", () => {
    const scopes = new Set(names().flatMap((name) => (name.startsWith("@") ? [name.split("/")[0]] : [])));
    expect([...scopes].filter((scope) => !SCOPES.includes(scope ?? ""))).to.be.empty;
  });

  it("E4 the product's own tree holds no package that was not chosen", () => {
    const product = locked.filter(
      ([, { dev, optional, devOptional, peer }]) => !(dev || optional || devOptional || peer),
    );
    const unknown = product.map(([path]) => packageName(path)).filter((name) => !PRODUCT.includes(name));
    expect([...new Set(unknown)]).to.be.empty;
    expect(product.length).to.be.lessThan(80);
  });
});
