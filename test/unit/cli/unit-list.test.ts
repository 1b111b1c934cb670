// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { readUnitList } from "../../../host/src/cli/registry/unit-list.ts";
import { isTouchmarkError } from "../../../host/src/errors.ts";

const ADDRESS = "0x84BC236A80f077a22C3ec1a7F2379AF66efE5dCF";
const unit = { address: ADDRESS.toLowerCase(), serial: "TM1-0001" };
const imei = "490154203237518";

describe("a list of units", () => {
  const lists: Record<string, readonly [text: string, units: readonly object[]]> = {
    CSV: [`address,serial,imei\r\n${ADDRESS},TM1-0001,${imei}\r\n`, [{ ...unit, imei }]],
    "CSV without IMEIs": [`serial,address\nTM1-0001,${ADDRESS}`, [unit]],
    JSON: [JSON.stringify([{ address: ADDRESS, serial: "TM1-0001" }]), [unit]],
  };
  for (const [name, [text, units]] of Object.entries(lists))
    it(`is read from ${name}`, () => expect(readUnitList(text)).to.deep.equal(units));

  const wrong: Record<string, string> = {
    "no unit": "address,serial\n",
    "a short address": "address,serial\n0x12,TM1-0001",
    "an address whose checksum is wrong": `address,serial\n${ADDRESS.replace("0x84BC", "0x84bC")},TM1-0001`,
    "no serial": `address,serial\n${ADDRESS},`,
    "an IMEI with a wrong check digit": `address,serial,imei\n${ADDRESS},TM1-0001,490154203237519`,
    "a value too many": `address,serial\n${ADDRESS},TM1,0001`,
    "a column of another name": `address,serial,color\n${ADDRESS},TM1-0001,red`,
    "broken JSON": "[{",
    "null for a unit": "[null]",
  };
  for (const [name, text] of Object.entries(wrong))
    it(`is refused with ${name}`, () => {
      expect(() => readUnitList(text))
        .to.throw()
        .that.satisfies((error: unknown) => isTouchmarkError(error, "USAGE"));
    });
});
