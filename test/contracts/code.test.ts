// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { FunctionFragment } from "ethers";
import { ethers } from "./support/chain.ts";
import { type Part, World } from "./support/world.ts";

const PARTS: readonly Part[] = ["roles", "nodes", "programme", "board", "registry"];
const FORBIDDEN = new Map([
  [0xf4, "DELEGATECALL"],
  [0xf2, "CALLCODE"],
  [0xff, "SELFDESTRUCT"],
]);
/** EIP-170, bytes. */
const MAX_CODE = 24_576;

/** Opcodes that hand a contract's storage to other code, outside of push data and metadata. */
function forbiddenIn(code: Uint8Array): string[] {
  // The last two bytes give the length of the CBOR metadata before them.
  const metadata = ((code.at(-2) ?? 0) << 8) | (code.at(-1) ?? 0);
  const end = code.length - 2 - metadata;
  const found: string[] = [];
  for (let at = 0; at < end; at++) {
    const opcode = code[at] ?? 0;
    const name = FORBIDDEN.get(opcode);
    if (name !== undefined) found.push(`${name} at ${at}`);
    if (opcode >= 0x60 && opcode <= 0x7f) at += opcode - 0x5f;
  }
  return found;
}

describe("deployed code", () => {
  let world: World;

  before(async () => {
    world = await World.deploy();
  });

  for (const part of PARTS) {
    it(`C10 of ${part} runs no other code on its storage and has nothing to initialise`, async () => {
      const code = ethers.getBytes(await ethers.provider.getCode(world.deployment[part]));
      expect(forbiddenIn(code)).to.deep.equal([]);
      expect(code.length).to.be.at.most(MAX_CODE);
      const names = world
        .contract(part)
        .interface.fragments.filter(FunctionFragment.isFragment)
        .map(({ name }) => name);
      expect(names.filter((name) => /initiali[sz]e|upgrade/i.test(name))).to.deep.equal([]);
    });
  }
});
