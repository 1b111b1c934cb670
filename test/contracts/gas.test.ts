// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { type GasFigure, gasFigures } from "./gas.ts";

describe("C14 gas", () => {
  let figures: GasFigure[];

  before(async () => {
    figures = await gasFigures();
  });

  for (const name of ["gas.root.100", "gas.root.500", "gas.root.1000", "gas.mint.50", "gas.announce"]) {
    it(`${name} is within its budget`, () => {
      const { value, budget = "" } = figures.find(({ figure }) => figure === name) ?? { value: Number.NaN };
      expect(budget).to.match(/^<= \d+$/);
      expect(value).to.be.at.most(Number(budget.slice(3)));
    });
  }
});
