// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract } from "ethers";
import { ethers, rollBackAfterEach } from "./support/chain.ts";
import { revertOf } from "./support/reverts.ts";
import { unlicensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

describe("license text 7: duplication prevention", () => {
  let world: World;
  let id: bigint;

  const mint = (name: string) => [world.address("admin"), name, []];
  const idOf = (name: string) => world.read<bigint>("nodes.getManufacturerIdByName", name);
  const nameOf = (node: bigint) => world.read<string>("nodes.getManufacturerNameById", node);

  before(async () => {
    ({ world, id } = await unlicensedWorld());
  });
  rollBackAfterEach();

  it("reads name to id and id to name", async () => {
    expect(await idOf("Acme Motors")).to.equal(id);
    expect(await nameOf(id)).to.equal("Acme Motors");
    expect(await idOf("nobody")).to.equal(0n);
    expect(await nameOf(99n)).to.equal("");
    expect(await idOf("not – a name")).to.equal(0n);
  });

  describe("checks before it names a node", () => {
    let harness: Contract;

    before(async () => {
      const admin = world.signer("admin");
      harness = await ethers.deployContract("NamesHarness", [world.deployment.roles], admin);
      await (await harness.getFunction("bindName")(7, "Seven")).wait();
    });

    it("that the name has no id", async () => {
      const error = await revertOf(harness.getFunction("bindName").staticCall(8, "Seven"), [harness.interface]);
      expect([error.name, ...error.args]).to.deep.equal(["NameTaken", "Seven", 7n]);
    });

    it("that the id has no name", async () => {
      const error = await revertOf(harness.getFunction("bindName").staticCall(7, "Eight"), [harness.interface]);
      expect([error.name, ...error.args]).to.deep.equal(["NodeAlreadyNamed", 7n, "Seven"]);
    });
  });

  describe("C6 takes for the same name", () => {
    const pairs: [taken: string, alike: string][] = [
      ["Acme Motors", "acme motors"],
      ["Acme Motors", "ACMEMOTORS"],
      ["Acme Motors", "Acme-M0t0rs"],
      ["Acme Motors", "Acme 'Motors'."],
      ["Acme Motors", "Acrne Motors"],
      ["Acme Motors", "Acr.ne Motors"],
      ["Vulcan", "VuIcan"],
      ["Vulcan", "Vu1can"],
      ["Winter", "vvinter"],
      ["Winter", "Vv lnter"],
      ["A&B+C", "A.B-C"],
    ];
    for (const [taken, alike] of pairs) {
      it(`${taken} and ${alike}`, async () => {
        if (taken !== "Acme Motors") await world.send("admin", "nodes.mintManufacturer", ...mint(taken));
        const holder = await idOf(taken);
        await world.refuses("admin", "nodes.mintManufacturer", mint(alike), "NameTaken", [alike, holder]);
        expect(await world.read("nodes.nameHolder", alike)).to.equal(holder);
        expect(await idOf(alike)).to.equal(0n);
      });
    }
  });

  it("keeps names apart that only share a beginning", async () => {
    for (const name of ["Acme", "Acme Motors 2", "Acme Motor"])
      await world.send("admin", "nodes.mintManufacturer", ...mint(name));
    expect(await idOf("Acme")).to.equal(id + 1n);
  });

  describe("C6 refuses", () => {
    const refused: [what: string, name: string, error: string][] = [
      ["an empty name", "", "NameLength"],
      ["33 bytes", "a".repeat(33), "NameLength"],
      ["a space at the beginning", " Acme", "NameSpacing"],
      ["a space at the end", "Acme ", "NameSpacing"],
      ["two spaces in a row", "Acme  Inc", "NameSpacing"],
      ["separators alone", "-.&'+", "NameWithoutLetters"],
      ["a composed accent (NFC)", "Acm\u00e9", "NameCharacter"],
      ["a combining accent (NFD)", "Acme\u0301", "NameCharacter"],
      ["a Cyrillic a", "\u0430cme", "NameCharacter"],
      ["a zero-width joiner", "Ac\u200dme", "NameCharacter"],
      ["a fullwidth letter", "\uff21cme", "NameCharacter"],
      ["a right-to-left mark", "Acme\u200f", "NameCharacter"],
      ["a tab", "Acme\tInc", "NameCharacter"],
      ["a slash", "Acme/Inc", "NameCharacter"],
      ["an underscore", "Acme_Inc", "NameCharacter"],
      ["a zero byte", "Acme\u0000", "NameCharacter"],
    ];
    for (const [what, name, error] of refused) {
      it(what, async () => {
        await world.refuses("admin", "nodes.mintManufacturer", mint(name), error);
      });
    }
  });

  it("takes 32 bytes and every allowed character", async () => {
    await world.send("admin", "nodes.mintManufacturer", ...mint("abcdefghijklmnopqrstuvwxyz234567"));
    await world.send("admin", "nodes.mintManufacturer", ...mint("Z8 9.Q&P'X+Y-B"));
  });

  describe("after a rename", () => {
    beforeEach(() => world.send("admin", "nodes.renameManufacturer", id, "Acme Mobility"));

    it("reads agree in both directions", async () => {
      expect(await idOf("Acme Mobility")).to.equal(id);
      expect(await nameOf(id)).to.equal("Acme Mobility");
      expect(await idOf("Acme Motors")).to.equal(0n);
    });

    it("the old name, and what looks like it, stays reserved", async () => {
      await world.refuses("admin", "nodes.mintManufacturer", mint("ACME M0TORS"), "NameTaken", ["ACME M0TORS", id]);
    });

    it("its own node may take it again, or change its spelling", async () => {
      await world.send("admin", "nodes.renameManufacturer", id, "ACME MOTORS");
      expect(await idOf("ACME MOTORS")).to.equal(id);
      expect(await idOf("Acme Mobility")).to.equal(0n);
    });

    it("no other node may", async () => {
      await world.send("admin", "nodes.mintManufacturer", ...mint("Zenith"));
      const node = await idOf("Zenith");
      await world.refuses("admin", "nodes.renameManufacturer", [node, "acme motors"], "NameTaken", ["acme motors", id]);
      await world.refuses("admin", "nodes.renameManufacturer", [99n, "Other"], "InvalidNode", [99n]);
    });
  });
});
