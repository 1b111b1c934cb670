// SPDX-License-Identifier: Apache-2.0
// cbor-wg's vectors in TypeScript, with the verdicts that firmware/test/cbor_test.c has to give, too.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { decode } from "../../host/src/protocol/cbor.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const vectors = process.env["TOUCHMARK_VECTORS"] ?? join(ROOT, "../shared/vectors");

describe("cbor-wg's vectors", () => {
  const title = "D20 are read where they are deterministic and of our types, else refused, as on the device";
  const test = existsSync(join(vectors, "cbor-wg")) ? it : it.skip;
  test(title, () => {
    using folder = new TemporaryFolder();
    execFileSync(process.execPath, [join(ROOT, "firmware/test/vectors.ts"), vectors, folder.path]);
    const lines = readFileSync(folder.join("cbor.txt"), "utf8").trimEnd().split("\n");
    expect(lines).to.have.length.above(200);
    const wrong = lines.filter((line) => {
      const [expected, , hex = ""] = line.split(" ");
      return reads(hex === "-" ? "" : hex) !== (expected === "good");
    });
    expect(wrong).to.deep.equal([]);
  });
});

function reads(hex: string): boolean {
  try {
    decode(fromHex(hex));
    return true;
  } catch {
    return false;
  }
}
