// SPDX-License-Identifier: Apache-2.0
// What a maker has to live through, on one unit in QEMU and one chain: keys stolen and lost, a license withdrawn, a block
// number made up. Each drill goes on from the one before. For a person: touchmark demo --drill all.
import { expect } from "chai";
import { DRILLS, findingsOf } from "../../host/src/demo/drills/run.ts";
import { Scene } from "../../host/src/demo/drills/scene.ts";
import { Steps } from "../../host/src/demo/report.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const silent = { begin: () => undefined, end: () => undefined };

describe("drills on a unit in QEMU", function () {
  this.timeout(180_000);
  const stack = new AsyncDisposableStack();
  let scene: Scene;

  before(async () => {
    const { path: folder } = stack.use(new TemporaryFolder());
    const processes = stack.use(new AsyncDisposableStack());
    const open = stack.use(new AsyncDisposableStack());
    scene = await Scene.open({ root: ROOT, port: "virt", folder, steps: new Steps(silent), processes, open });
  });
  after(() => stack[Symbol.asyncDispose]());

  /** Every answer, in order. */
  async function answers(name: string): Promise<readonly string[]> {
    const drill = DRILLS.find((each) => each.name === name);
    if (drill === undefined) throw new RangeError(name);
    return (await findingsOf(drill, scene)).map(({ said }) => said);
  }

  it("D14 OTA key stolen, license suspended: with every old proof, what was not announced before is refused", async () => {
    expect(await answers("ota-key-stolen")).to.deep.equal(["RELEASE_NOT_ANNOUNCED", "TRANSACTION_REVERTED"]);
  });

  it("D14 and what was announced before, once the unit has seen any later statement", async () => {
    const answered = ["OK", "OK", "NO_STAGED_IMAGE", "BLOCK_BELOW_FLOOR", "LICENSE_SUSPENDED"];
    expect(await answers("told-later")).to.deep.equal(answered);
  });

  it("D14 and at once in challenge mode: what was proved before the question answers nothing", async () => {
    const refused = [
      "NO_STAGED_IMAGE",
      "CHALLENGE_REQUIRED",
      "CHALLENGE_EXPIRED",
      "LICENSE_SUSPENDED",
      "BLOCK_BELOW_FLOOR",
    ];
    expect(await answers("challenge-mode")).to.deep.equal(refused);
  });

  it("D31 signer-rotated: the former OTA key's releases are refused", async () => {
    expect(await answers("signer-rotated")).to.deep.equal(["LICENSE_SIGNER"]);
  });

  it("D31 the quorum is lost: root and recovery keys name another, and the old one is heard no more", async () => {
    expect(await answers("quorum-lost")).to.deep.equal(["OK", "WITNESS_SIGNATURE"]);
  });

  it("D3 a poisoned block number moves the floor by 2^24 at most, and honest blocks come into reach again", async () => {
    expect(await answers("poisoned-block")).to.deep.equal(["OK", "BLOCK_BELOW_FLOOR", "OK"]);
  });

  it("D14 license-revoked", async () => {
    expect(await answers("license-revoked")).to.deep.equal(["LICENSE_REVOKED", "OK"]);
  });

  it("D31 the root is lost: a quorum and recovery keys name the one that stands on chain", async () => {
    expect(await answers("root-lost")).to.deep.equal(["OK", "OK"]);
  });
});
