// SPDX-License-Identifier: Apache-2.0
import { statSync } from "node:fs";
import { expect } from "chai";
import { NO_SYMBOL, sourceSizes } from "../../../scripts/bench/symbols.ts";

describe("npm run sizes", function () {
  this.timeout(30_000);

  for (const name of ["bootloader", "app"]) {
    it(`attributes each byte of ${name}.bin once`, () => {
      const path = `build/firmware/virt/${name}`;
      const rows = sourceSizes(`${path}.elf`);
      const { size } = statSync(`${path}.bin`);
      expect(rows.reduce((sum, { flash }) => sum + flash, 0)).to.equal(size);
      for (const { source, flash } of rows) expect(flash, source).to.be.at.least(0);
      const bytesOf = (of: string): number => rows.find(({ source }) => source === of)?.flash ?? 0;
      expect(bytesOf("libsecp256k1")).to.be.above(size / 4);
      expect(bytesOf(NO_SYMBOL)).to.be.below(size / 20);
    });
  }
});
