// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { isTouchmarkError } from "../../../host/src/errors.ts";
import { attributePairs } from "../../../host/src/registry/attributes.ts";
import { checkList } from "../../../host/src/registry/batch/check-list.ts";

const address = (n: number): string => `0x${n.toString(16).padStart(40, "0")}`;
const unit = (n: number) => ({ address: address(n), serial: `TM1-${n}` });

describe("a list before it is registered", () => {
  it("takes a row that stands there twice to the letter for one unit", () => {
    expect(checkList([unit(1), unit(2), unit(1)])).to.deep.equal([unit(1), unit(2)]);
  });

  it("takes a unit that was sent before for itself", () => {
    expect(checkList([unit(1)], [unit(1), unit(2)])).to.deep.equal([unit(1)]);
  });

  const refused: Record<string, [list: Parameters<typeof checkList>[0], earlier?: Parameters<typeof checkList>[0]]> = {
    "the zero address": [[{ ...unit(1), address: address(0) }]],
    "one address with two serials": [[unit(1), { ...unit(1), serial: "TM1-2" }]],
    "one serial for two units": [[unit(1), { ...unit(2), serial: "TM1-1" }]],
    "one IMEI for two units": [
      [
        { ...unit(1), imei: "490154203237518" },
        { ...unit(2), imei: "490154203237518" },
      ],
    ],
    "one DevEUI for two units": [
      [
        { ...unit(1), devEui: "70B3D57ED005A4B2" },
        { ...unit(2), devEui: "70B3D57ED005A4B2" },
      ],
    ],
    "a serial that a unit sent before has": [[{ ...unit(2), serial: "TM1-1" }], [unit(1)]],
    "another serial than the unit was sent with": [[{ ...unit(1), serial: "TM1-9" }], [unit(1)]],
    "an IMEI with a wrong check digit": [[{ ...unit(1), imei: "490154203237519" }]],
    "a serial with a space at its end": [[{ ...unit(1), serial: "TM1-1 " }]],
    "a serial with a letter that looks like another": [[{ ...unit(1), serial: "ТM1-1" }]],
    "a DevEUI in lower case": [[{ ...unit(1), devEui: "70b3d57ed005a4b2" }]],
    "a definition URI without a scheme": [[{ ...unit(1), definitionUri: "tm1" }]],
    "an empty hardware revision": [[{ ...unit(1), hardwareRevision: "" }]],
    "a serial of 129 bytes": [[{ ...unit(1), serial: "1".repeat(129) }]],
  };
  for (const [name, [list, earlier]] of Object.entries(refused))
    it(`is refused with ${name}`, () => {
      expect(() => checkList(list, earlier))
        .to.throw()
        .that.satisfies((error: unknown) => isTouchmarkError(error, "PREFLIGHT"));
    });

  it("names attributes as DIMO's whitelist does", () => {
    const all = { serial: "1", imei: "2", definitionUri: "3", hardwareRevision: "4", devEui: "5" };
    const names = ["Serial", "IMEI", "DefinitionURI", "HardwareRevision", "DevEUI"];
    expect(attributePairs(all)).to.deep.equal(names.map((attribute, at) => ({ attribute, info: `${at + 1}` })));
  });
});
