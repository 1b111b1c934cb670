// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { FunctionFragment } from "ethers";
import { ethers, pass, rollBackAfterEach } from "./support/chain.ts";
import { licensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const DIGEST = ethers.id("release 1");
const NOTICE_OVER = 8 * 86_400;

/** What anyone may call: it only carries out what the owner or the license source has decided. */
const ANYONES = ["refresh", "activateOtaSigner", "activateRoot"];

describe("a compromised signing host", () => {
  let world: World;
  let id: bigint;

  before(async () => {
    ({ world, id } = await licensedWorld());
    await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
    await pass(NOTICE_OVER);
    await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
    await world.send("announcer", "board.announce", id, DIGEST, 1);
  });
  rollBackAfterEach();

  /** Arguments that would be right for somebody who may. */
  function fittingArguments({ name, inputs }: FunctionFragment): unknown[] {
    const digest = name === "announce" ? ethers.id("release 2") : DIGEST;
    const values: Record<string, unknown> = {
      id,
      digest,
      announced: DIGEST,
      securityVersion: 1,
      minSecurityVersion: 1,
      otaSigner: world.address("stranger"),
      announcer: world.address("stranger"),
      allowed: true,
      rootHash: ethers.id("another root"),
    };
    return inputs.map((input) => {
      expect(values, `${name}(${input.name})`).to.have.property(input.name);
      return values[input.name];
    });
  }

  it("E6 holds a key that may change nothing on the board", async () => {
    const functions = world
      .contract("board")
      .interface.fragments.filter((fragment): fragment is FunctionFragment => fragment.type === "function");
    const changing = functions.filter((fragment) => !fragment.constant && !ANYONES.includes(fragment.name));
    expect(changing.map(({ name }) => name)).to.include.members([
      "announce",
      "withdraw",
      "setAnnouncer",
      "proposeRoot",
    ]);
    for (const fragment of changing) {
      const outcome = await world.outcome("otaSigner", `board.${fragment.name}`, ...fittingArguments(fragment));
      expect(outcome, fragment.name).to.be.oneOf(["NotNodeOwner", "NotAnnouncer"]);
    }
  });

  it("E6 cannot be given the announcer's or the owner's part, nor they its own", async () => {
    const asAnnouncer = [id, world.address("otaSigner"), true];
    await world.refuses("maker", "board.setAnnouncer", asAnnouncer, "SignerMayNotAnnounce");
    await world.refuses("maker", "board.proposeOtaSigner", [id, world.address("announcer")], "SignerMayNotAnnounce");
    await world.refuses("maker", "board.proposeOtaSigner", [id, world.address("maker")], "SignerMayNotOwn");
  });
});
