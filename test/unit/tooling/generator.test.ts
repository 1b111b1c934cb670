// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bytesToHex } from "@noble/hashes/utils.js";
import { expect } from "chai";
import { TypedDataEncoder } from "ethers";
import { faults } from "../../../protocol/generator/check.ts";
import { erc7201Base, typedStruct } from "../../../protocol/generator/ethereum.ts";
import { renew } from "../../../protocol/generator/markdown.ts";
import { type Field, type FlashMap, loadModel, type Model } from "../../../protocol/generator/model.ts";
import { screaming } from "../../../protocol/generator/names.ts";
import { oidContents, uuidArc } from "../../../protocol/generator/oid.ts";

const model = loadModel();

/** The model with one flash map of one port changed. */
const withRegions = (change: (regions: readonly Field[]) => readonly Field[]): Model => ({
  ...model,
  flash: model.flash.map((map): FlashMap => (map.port === "virt" ? { ...map, regions: change(map.regions) } : map)),
});

describe("protocol generator", () => {
  it("computes ERC-7201's example", () => {
    const example = "183a6125c38840424c4a85fa12bab2ab606c4b6d0e7cc73c0c06ba5300eab500";
    expect(bytesToHex(erc7201Base("example.main"))).to.equal(example);
  });

  it("hashes EIP-712 types as ethers does", () => {
    for (const { encodeType, primaryType, fields, typeHash } of Object.values(model.typedStructs)) {
      const encoder = TypedDataEncoder.from({ [primaryType]: [...fields] });
      expect(encoder.encodeType(primaryType)).to.equal(encodeType);
      expect(encoder.encodeData(primaryType, Object.fromEntries(fields.map(zero))).slice(2, 66)).to.equal(
        bytesToHex(typeHash),
      );
    }
  });

  it("refuses a type that is not in EIP-712's form", () => {
    for (const text of ["lower(uint8 a)", "A(uint8)", "A(uint8 a", "A(B b) "]) {
      expect(() => typedStruct(text), text).to.throw("not an EIP-712 type");
    }
  });

  it("encodes object identifiers with arcs wider than 64 bits", () => {
    expect(bytesToHex(oidContents("1.2.840.10045.4.3.2"))).to.equal("2a8648ce3d040302");
    // X.667's own example: f81d4fae-7dec-11d0-a765-00a0c91e6bf6
    const arc = uuidArc("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    expect(arc).to.equal("2.25.329800735698586629295641978511506172918");
    const contents = oidContents(arc);
    const value = [...contents.slice(1)].reduce((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n);
    expect(contents[0]).to.equal(0x69);
    expect(`2.25.${value}`).to.equal(arc);
  });

  it("names macros in words", () => {
    expect(["slotAHead", "x5chain", "deviceId", "proofURI", "bootRecord0"].map(screaming)).to.deep.equal([
      "SLOT_A_HEAD",
      "X5CHAIN",
      "DEVICE_ID",
      "PROOF_URI",
      "BOOT_RECORD0",
    ]);
  });

  it("finds no fault in protocol.json", () => {
    expect(faults(model)).to.deep.equal([]);
  });

  it("finds flash regions that overlap, leave the flash or cut an erase block", () => {
    const spoil = (change: (region: Field) => Field): string[] =>
      faults(withRegions((regions) => regions.map((region) => (region.name === "staging" ? change(region) : region))));
    expect(spoil((region) => ({ ...region, offset: region.offset + 1 })).join()).to.include("not whole erase blocks");
    expect(spoil((region) => ({ ...region, size: region.size * 2 })).join()).to.include("staging runs into slotAHead");
    expect(spoil((region) => ({ ...region, offset: 1 << 30 })).join()).to.include("staging ends beyond");
    expect(faults(withRegions((regions) => regions.slice(1))).join()).to.include("not the same regions");
  });

  it("finds error names and codes that stand twice, and codes in the other table's range", () => {
    const [first, second] = model.errors;
    if (!first || !second) throw new Error("the table is empty");
    const spoiled = (row: object): string => faults({ ...model, errors: [first, { ...second, ...row }] }).join();
    expect(spoiled({ code: first.code })).to.include(`error codes: ${first.code} stands twice`);
    expect(spoiled({ name: first.name })).to.include(`error names: ${first.name} stands twice`);
    expect(spoiled({ code: 1000 })).to.include("codes from 1000 up are the host's");
    expect(spoiled({ code: 0 })).to.include("cannot be an error's code");
    expect(faults({ ...model, ok: 0 }).join()).to.include("success is not zero");
  });

  it("finds layouts whose fields do not fill their size", () => {
    const [layout] = model.layouts;
    if (!layout) throw new Error("there are no layouts");
    const spoiled = faults({ ...model, layouts: [{ ...layout, size: layout.size + 1 }] });
    expect(spoiled).to.deep.equal([`layout ${layout.name}: fields take ${layout.size} bytes of ${layout.size + 1}`]);
  });

  it("renews tables between their marks, and refuses a table that does not exist", () => {
    const page = "a\n<!-- generated:x -->\nold\n<!-- /generated -->\nb\n";
    expect(renew(page, new Map([["x", "new"]]))).to.equal(page.replace("old", "new"));
    expect(() => renew(page, new Map())).to.throw("no generated table is called x");
  });

  describe("--check", () => {
    let copy = "";
    const check = (): void =>
      void execFileSync(process.execPath, ["protocol/generate.ts", "--check"], { cwd: copy, stdio: "pipe" });

    before(() => {
      copy = mkdtempSync(join(tmpdir(), "generated-"));
      for (const path of ["protocol", "docs", "firmware/core/generated", "contracts/src/generated"])
        cpSync(path, join(copy, path), { recursive: true });
      for (const path of ["package.json", "host/src/protocol/generated.ts"]) cpSync(path, join(copy, path));
      symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
    });

    after(() => rmSync(copy, { recursive: true, force: true }));

    for (const path of [
      "firmware/core/generated/protocol.h",
      "host/src/protocol/generated.ts",
      "contracts/src/generated/Protocol.sol",
      "docs/errors.md",
    ])
      it(`fails where ${path} was edited by hand`, () => {
        check();
        const original = readFileSync(join(copy, path), "utf8");
        writeFileSync(
          join(copy, path),
          original.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
        );
        expect(check).to.throw(`${path} is not what protocol.json says`);
        writeFileSync(join(copy, path), original);
      });
  });
});

/** A value of an EIP-712 type whose encoding is zero. */
function zero({ name, type }: { name: string; type: string }): [string, string | number] {
  if (type === "address") return [name, `0x${"00".repeat(20)}`];
  return [name, type === "bytes32" ? `0x${"00".repeat(32)}` : 0];
}
