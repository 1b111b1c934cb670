// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract } from "ethers";
import { slotBases, words } from "../../host/src/protocol/generated.ts";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { revertOf } from "./support/reverts.ts";
import { EVIDENCE, licensedWorld } from "./support/steps.ts";
import { type Account, World } from "./support/world.ts";

const NOTICE = 7 * DAY;
const LEASE = words.leaseSeconds;
const DIGEST = ethers.id("release 1");
const ROOT = ethers.id("root certificate");
const OTHER_ROOT = ethers.id("another root certificate");

const { active, suspended, revoked, sunset } = words.licenseStatus;

function licenseWord(word: bigint) {
  const take = (shift: bigint, bits: bigint) => (word >> shift) & ((1n << bits) - 1n);
  return {
    layout: Number(take(248n, 8n)),
    status: Number(take(240n, 8n)),
    minSecurityVersion: Number(take(208n, 32n)),
    expiry: Number(take(160n, 48n)),
    otaSigner: ethers.getAddress(ethers.toBeHex(take(0n, 160n), 20)),
  };
}

describe("OtaBoard", () => {
  let world: World;
  let id: bigint;
  let expiry: number;

  const word = async () => licenseWord(await world.read<bigint>("board.license", id));
  const set = (path: "board.proposeOtaSigner", account: Account) =>
    world.send("maker", path, id, world.address(account));
  const announce = (digest: string, securityVersion: number, by: Account = "maker") =>
    world.send(by, "board.announce", id, digest, securityVersion);

  before(async () => {
    ({ world, id, expiry } = await licensedWorld());
  });
  rollBackAfterEach();

  describe("words", () => {
    const stored = (slot: string) => ethers.provider.getStorage(world.deployment.board, slot);
    const slot = (key: bigint | string, base: string) =>
      ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode(["uint256", "bytes32"], [key, base]));

    beforeEach(async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await world.send("maker", "board.proposeRoot", id, ROOT);
      await announce(DIGEST, 3);
    });

    it("license: stands in its slot, field by field", async () => {
      const raw = BigInt(await stored(slot(id, slotBases.license)));
      expect(raw).to.equal(await world.read("board.license", id));
      expect(licenseWord(raw)).to.deep.equal({
        layout: words.layout,
        status: active,
        minSecurityVersion: 0,
        expiry: (await world.read<[bigint, bigint]>("programme.standing", id))[1] > 0n ? (await word()).expiry : 0,
        otaSigner: world.address("otaSigner"),
      });
    });

    it("release: stands in its nested slot, field by field", async () => {
      const raw = await stored(slot(DIGEST, slot(id, slotBases.release)));
      const block = await ethers.provider.getBlockNumber();
      const expected = ethers.solidityPacked(
        ["uint8", "uint8", "uint32", "uint48", "address"],
        [words.layout, words.releaseStatus.announced, 3, block, world.address("maker")],
      );
      expect(raw).to.equal(expected);
      expect(BigInt(raw)).to.equal(await world.read("board.release", id, DIGEST));
    });

    it("root: the first 31 bytes of the certificate's hash", async () => {
      expect(await stored(slot(id, slotBases.root))).to.equal(`0x01${ROOT.slice(2, 64)}`);
    });

    it("keep a first byte that is not zero through every change", async () => {
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await world.send("maker", "board.withdraw", id, DIGEST);
      for (const at of [
        slot(id, slotBases.license),
        slot(DIGEST, slot(id, slotBases.release)),
        slot(id, slotBases.root),
      ])
        expect((await stored(at)).slice(0, 4)).to.equal("0x01");
    });
  });

  describe("refresh", () => {
    it("is anyone's and copies status and expiry, at most a lease ahead", async () => {
      await world.send("stranger", "board.refresh", id);
      expect(await word()).to.deep.include({ status: active, expiry: (await now()) + LEASE });
      await pass(expiry - LEASE - (await now()) + 1000);
      await world.send("stranger", "board.refresh", id);
      expect(await word()).to.deep.include({ status: active, expiry });
    });

    it("lets a revocation that nobody pushes lapse by itself", async () => {
      const { expiry: lapses } = await word();
      expect(lapses).to.be.lessThan(expiry);
    });

    const statuses: [what: string, act: () => Promise<unknown>, status: number][] = [
      ["suspended", () => world.send("licensor", "programme.suspend", id, 1, EVIDENCE), suspended],
      ["revoked", () => world.send("licensor", "programme.revoke", id, 1, EVIDENCE), revoked],
      ["sunset", () => world.send("licensor", "programme.sunset", id, expiry), sunset],
      ["renounced, which ends as a sunset", () => world.send("maker", "programme.renounce", id), sunset],
    ];
    for (const [what, act, status] of statuses) {
      it(`follows at once when the license is ${what}`, async () => {
        await act();
        expect((await word()).status).to.equal(status);
      });
    }

    it("keeps signer and minimum", async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await announce(DIGEST, 3);
      await world.send("maker", "board.raiseMinSecurityVersion", id, 2, DIGEST);
      await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
      expect(await word()).to.deep.include({ minSecurityVersion: 2, otaSigner: world.address("otaSigner") });
    });

    it("of a node that does not exist changes nothing", async () => {
      await world.refuses("stranger", "board.refresh", [99n], "SourceFailed", [99n]);
    });
  });

  describe("a source that fails", () => {
    let source: Contract;
    let board: Contract;

    const standing = (...fields: (bigint | number | string)[]) =>
      ethers.concat(fields.map((field) => ethers.zeroPadValue(ethers.toBeHex(field), 32)));
    const refresh = () => board.getFunction("refresh").staticCall(id);

    before(async () => {
      source = await ethers.deployContract("HostileSource");
      board = await ethers.deployContract("OtaBoard", [world.deployment.nodes, await source.getAddress(), NOTICE]);
    });

    const answers: [what: string, answer: () => string, reverts: boolean, burns: boolean][] = [
      ["reverts", () => "0x", true, false],
      ["burns all its gas", () => "0x", false, true],
      ["answers nothing", () => "0x", false, false],
      ["answers short", () => standing(1, 2).slice(0, -2), false, false],
      ["answers two of three words", () => standing(1, 2), false, false],
      ["answers status 0", () => standing(0, 9, 1), false, false],
      ["answers an unknown status", () => standing(5, 9, 1), false, false],
      ["answers a status that fits no byte", () => standing(257, 9, 1), false, false],
      ["answers an expiry beyond 48 bits", () => standing(1, 1n << 48n, 1), false, false],
      ["answers an owner beyond 160 bits", () => standing(1, 9, 1n << 160n), false, false],
      ["answers no owner", () => standing(1, 9, 0), false, false],
    ];
    for (const [what, answer, reverts, burns] of answers) {
      it(`changes nothing where it ${what}`, async () => {
        await (await source.getFunction("set")(standing(1, 9, 1), false, false)).wait();
        await (await board.getFunction("refresh")(id)).wait();
        const before = await board.getFunction("license")(id);
        await (await source.getFunction("set")(answer(), reverts, burns)).wait();
        const error = await revertOf(refresh(), [board.interface]);
        expect([error.name, ...error.args]).to.deep.equal(["SourceFailed", id]);
        expect(await board.getFunction("license")(id)).to.equal(before);
      });
    }

    it("C5 lets nobody announce whom it calls the owner", async () => {
      const open = board.connect(world.signer("maker")) as Contract;
      const name = (owner: string) => source.getFunction("set")(standing(1, 1n << 40n, owner), false, false);
      await (await name(world.address("maker"))).wait();
      await (await open.getFunction("proposeOtaSigner")(id, world.address("otaSigner"))).wait();
      await open.getFunction("announce").staticCall(id, DIGEST, 1);
      await (await name(world.address("rival"))).wait();
      for (const account of ["rival", "maker"] as const) {
        const from = board.connect(world.signer(account)) as Contract;
        const error = await revertOf(from.getFunction("announce").staticCall(id, DIGEST, 1), [board.interface]);
        expect([error.name, ...error.args]).to.deep.equal(["SourceFailed", id]);
      }
    });

    it("is read no further than its three words", async () => {
      await (
        await source.getFunction("set")(ethers.concat([standing(1, 9, 1), "0x".padEnd(2002, "f")]), false, false)
      ).wait();
      await refresh();
    });

    it("cannot be an account without code", async () => {
      const bare = await ethers.deployContract("OtaBoard", [world.deployment.nodes, world.address("stranger"), NOTICE]);
      const error = await revertOf(bare.getFunction("refresh").staticCall(id), [bare.interface]);
      expect(error.name).to.equal("SourceFailed");
    });

    it("is not asked with less gas than it may use", async () => {
      const error = await revertOf(board.getFunction("refresh").staticCall(id, { gasLimit: 190_000 }), [
        board.interface,
      ]);
      expect(error.name).to.equal("GasBelowFloor");
      const [left, floor] = error.args.map(Number);
      expect(floor).to.equal(150_000 + Math.floor(150_000 / 63) + 20_000);
      expect(left).to.be.lessThan(Number(floor));
    });

    it("cannot be made to answer otherwise by starving it of gas", async () => {
      const catching = await ethers.deployContract("CatchingSource");
      const open = await ethers.deployContract("OtaBoard", [
        world.deployment.nodes,
        await catching.getAddress(),
        NOTICE,
      ]);
      await (await open.getFunction("refresh")(id)).wait();
      let refused = 0;
      for (let gasLimit = 60_000n; gasLimit <= 400_000n; gasLimit += 2_000n) {
        const sent = await open
          .getFunction("refresh")(id, { gasLimit })
          .catch(() => undefined);
        const receipt = await sent?.wait().catch(() => undefined);
        if (!receipt) refused++;
        expect(licenseWord(await open.getFunction("license")(id)).status, `at ${gasLimit} gas`).to.equal(active);
      }
      expect(refused).to.be.greaterThan(10);
    });
  });

  describe("OTA signer", () => {
    it("takes effect at once the first time, later after the notice", async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      expect((await word()).otaSigner).to.equal(world.address("otaSigner"));

      const receipt = await set("board.proposeOtaSigner", "stranger");
      expect(world.event(receipt, "board.OtaSignerProposed")).to.deep.equal({
        id,
        otaSigner: world.address("stranger"),
        effectiveAt: BigInt((await now()) + NOTICE),
      });
      expect((await word()).otaSigner).to.equal(world.address("otaSigner"));
      await world.refuses("stranger", "board.activateOtaSigner", [id], "NoticeRunning");
      await pass(NOTICE);
      await world.send("stranger", "board.activateOtaSigner", id);
      expect((await word()).otaSigner).to.equal(world.address("stranger"));
      await world.refuses("stranger", "board.activateOtaSigner", [id], "NothingPending", [id]);
    });

    it("can be cancelled while it is pending", async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await world.refuses("maker", "board.cancelOtaSigner", [id], "NothingPending", [id]);
      await set("board.proposeOtaSigner", "stranger");
      await world.refuses("announcer", "board.cancelOtaSigner", [id], "NotNodeOwner");
      const receipt = await world.send("maker", "board.cancelOtaSigner", id);
      expect(world.event(receipt, "board.OtaSignerProposalCancelled")).to.deep.equal({
        id,
        otaSigner: world.address("stranger"),
      });
      await pass(NOTICE);
      await world.refuses("stranger", "board.activateOtaSigner", [id], "NothingPending", [id]);
    });

    it("starts its notice anew with another proposal", async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await set("board.proposeOtaSigner", "stranger");
      await pass(NOTICE - 10);
      await set("board.proposeOtaSigner", "rival");
      await pass(10);
      await world.refuses("stranger", "board.activateOtaSigner", [id], "NoticeRunning");
    });

    it("is never zero, owner or announcer, in either order", async () => {
      await world.refuses("maker", "board.proposeOtaSigner", [id, ethers.ZeroAddress], "ZeroOtaSigner");
      await world.refuses("maker", "board.proposeOtaSigner", [id, world.address("maker")], "SignerMayNotOwn");
      await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
      await world.refuses("maker", "board.proposeOtaSigner", [id, world.address("announcer")], "SignerMayNotAnnounce");

      await set("board.proposeOtaSigner", "otaSigner");
      const asAnnouncer = (account: Account) => [id, world.address(account), true];
      await world.refuses("maker", "board.setAnnouncer", asAnnouncer("otaSigner"), "SignerMayNotAnnounce");
      await set("board.proposeOtaSigner", "stranger");
      await world.refuses("maker", "board.setAnnouncer", asAnnouncer("stranger"), "SignerMayNotAnnounce");
    });

    it("announces nothing where the node is handed to it", async () => {
      await world.send("maker", "board.proposeOtaSigner", id, world.address("admin"));
      await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
      await world.refuses("admin", "board.announce", [id, DIGEST, 1], "SignerMayNotOwn", [id, world.address("admin")]);
    });

    it("has to be named before anything is announced", async () => {
      await world.refuses("maker", "board.announce", [id, DIGEST, 1], "OtaSignerNotSet", [id]);
    });

    it("tells what is pending and from when it may be activated", async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await set("board.proposeOtaSigner", "stranger");
      const [pending, effectiveAt] = await world.read<[string, bigint]>("board.pendingOtaSigner", id);
      expect([pending, effectiveAt]).to.deep.equal([world.address("stranger"), BigInt((await now()) + NOTICE)]);
    });

    it("is the node owner's to name", async () => {
      for (const other of ["stranger", "admin", "licensor", "line"] as const)
        await world.refuses(other, "board.proposeOtaSigner", [id, world.address("otaSigner")], "NotNodeOwner", [
          id,
          world.address(other),
        ]);
    });
  });

  describe("root certificate", () => {
    it("takes effect at once the first time, later after the notice", async () => {
      await world.send("maker", "board.proposeRoot", id, ROOT);
      const receipt = await world.send("maker", "board.proposeRoot", id, OTHER_ROOT);
      expect(world.event(receipt, "board.RootProposed")).to.deep.equal({
        id,
        rootHashPrefix: OTHER_ROOT.slice(0, 64),
        effectiveAt: BigInt((await now()) + NOTICE),
      });
      const rootWord = () => world.read<bigint>("board.root", id);
      expect(ethers.toBeHex(await rootWord())).to.equal(`0x01${ROOT.slice(2, 64)}`);
      await world.refuses("stranger", "board.activateRoot", [id], "NoticeRunning");
      const [pending] = await world.read<[string, bigint]>("board.pendingRoot", id);
      expect(pending).to.equal(OTHER_ROOT.slice(0, 64));
      await pass(NOTICE);
      await world.send("stranger", "board.activateRoot", id);
      expect(ethers.toBeHex(await rootWord())).to.equal(`0x01${OTHER_ROOT.slice(2, 64)}`);
    });

    it("can be cancelled while it is pending, by the owner", async () => {
      await world.send("maker", "board.proposeRoot", id, ROOT);
      await world.refuses("maker", "board.cancelRoot", [id], "NothingPending");
      await world.send("maker", "board.proposeRoot", id, OTHER_ROOT);
      await world.refuses("stranger", "board.cancelRoot", [id], "NotNodeOwner");
      const receipt = await world.send("maker", "board.cancelRoot", id);
      expect(world.event(receipt, "board.RootProposalCancelled")).to.deep.equal({
        id,
        rootHashPrefix: OTHER_ROOT.slice(0, 64),
      });
      await pass(NOTICE);
      await world.refuses("stranger", "board.activateRoot", [id], "NothingPending");
    });

    it("is never empty, and the owner's to name", async () => {
      await world.refuses("maker", "board.proposeRoot", [id, ethers.ZeroHash], "ZeroRoot");
      await world.refuses("stranger", "board.proposeRoot", [id, ROOT], "NotNodeOwner");
    });
  });

  describe("transfer of the node", () => {
    beforeEach(async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
      await set("board.proposeOtaSigner", "stranger");
      await world.send("maker", "board.proposeRoot", id, ROOT);
      await world.send("maker", "board.proposeRoot", id, OTHER_ROOT);
      await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
    });

    it("C7 voids announcers and pending changes, also after the way back", async () => {
      for (const back of [false, true]) {
        if (back) await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), id);
        await pass(NOTICE);
        expect(await world.read("board.isAnnouncer", id, world.address("announcer"))).to.equal(false);
        await world.refuses("announcer", "board.announce", [id, DIGEST, 1], "NotAnnouncer");
        await world.refuses("stranger", "board.activateOtaSigner", [id], "NothingPending");
        await world.refuses("stranger", "board.activateRoot", [id], "NothingPending");
      }
    });
  });

  describe("announce", () => {
    beforeEach(async () => {
      await set("board.proposeOtaSigner", "otaSigner");
    });

    it("is the owner's and its announcers'", async () => {
      await announce(DIGEST, 1);
      await world.refuses("announcer", "board.announce", [id, ethers.id("2"), 1], "NotAnnouncer", [
        id,
        world.address("announcer"),
      ]);
      const named = await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
      expect(world.event(named, "board.AnnouncerSet")).to.deep.equal({
        id,
        announcer: world.address("announcer"),
        allowed: true,
        owner: world.address("maker"),
        version: 1n,
      });
      const receipt = await announce(ethers.id("2"), 1, "announcer");
      expect(world.event(receipt, "board.ReleaseAnnounced").announcer).to.equal(world.address("announcer"));
      await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), false);
      await world.refuses("announcer", "board.announce", [id, ethers.id("3"), 1], "NotAnnouncer");
      await world.refuses("otaSigner", "board.announce", [id, ethers.id("3"), 1], "NotAnnouncer");
      await world.refuses("maker", "board.setAnnouncer", [id, ethers.ZeroAddress, true], "ZeroAnnouncer");
    });

    it("asks the source live, not the word", async () => {
      await world.send("admin", "nodes.removeController", world.address("maker"));
      expect((await word()).status).to.equal(active);
      await world.refuses("maker", "board.announce", [id, DIGEST, 1], "LicenseNotInForce", [id, suspended]);
    });

    it("needs a word never written: a digest is announced once", async () => {
      await announce(DIGEST, 1);
      await world.refuses("maker", "board.announce", [id, DIGEST, 2], "AlreadyAnnounced", [id, DIGEST]);
      await world.send("maker", "board.withdraw", id, DIGEST);
      await world.refuses("maker", "board.announce", [id, DIGEST, 2], "AlreadyAnnounced", [id, DIGEST]);
    });

    it("needs a license that has not expired", async () => {
      await pass(expiry - (await now()));
      await world.refuses("maker", "board.announce", [id, DIGEST, 1], "LicenseExpired", [id, expiry]);
    });

    it("needs an active license, or in sunset a higher security version", async () => {
      await announce(DIGEST, 3);
      await world.send("maker", "board.raiseMinSecurityVersion", id, 3, DIGEST);
      await world.refuses("maker", "board.announce", [id, ethers.id("2"), 2], "SecurityVersionTooLow", [2, 3]);
      await announce(ethers.id("2"), 3);
      await world.send("licensor", "programme.sunset", id, expiry);
      await world.refuses("maker", "board.announce", [id, ethers.id("3"), 3], "SecurityVersionTooLow", [3, 4]);
      await announce(ethers.id("3"), 4);
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await world.refuses("maker", "board.announce", [id, ethers.id("4"), 5], "LicenseNotInForce", [id, revoked]);
    });

    it("C13 means nothing for another manufacturer's word", async () => {
      await announce(DIGEST, 1);
      expect(await world.read("board.release", id + 1n, DIGEST)).to.equal(0n);
    });
  });

  describe("withdraw", () => {
    beforeEach(async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await announce(DIGEST, 1);
    });

    it("is final", async () => {
      const before = await world.read<bigint>("board.release", id, DIGEST);
      await world.send("maker", "board.withdraw", id, DIGEST);
      const after = await world.read<bigint>("board.release", id, DIGEST);
      expect(after - before).to.equal(BigInt(words.releaseStatus.withdrawn - words.releaseStatus.announced) << 240n);
      await world.refuses("maker", "board.withdraw", [id, DIGEST], "NotAnnounced", [id, DIGEST]);
    });

    it("works whatever the license's status", async () => {
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await world.send("maker", "board.withdraw", id, DIGEST);
    });

    it("is the owner's and its announcers', and of an announced release", async () => {
      await world.refuses("stranger", "board.withdraw", [id, DIGEST], "NotAnnouncer");
      await world.refuses("maker", "board.withdraw", [id, ethers.id("never")], "NotAnnounced");
      await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
      await world.send("announcer", "board.withdraw", id, DIGEST);
    });
  });

  describe("minimum security version", () => {
    const raise = (to: number, digest = DIGEST) => [id, to, digest];

    beforeEach(async () => {
      await set("board.proposeOtaSigner", "otaSigner");
      await announce(DIGEST, 5);
    });

    it("only rises", async () => {
      await world.send("maker", "board.raiseMinSecurityVersion", ...raise(4));
      await world.refuses("maker", "board.raiseMinSecurityVersion", raise(4), "MinSecurityVersionNotRaised", [4, 4]);
      await world.refuses("maker", "board.raiseMinSecurityVersion", raise(3), "MinSecurityVersionNotRaised", [4, 3]);
    });

    it("never exceeds a release that is announced and not withdrawn", async () => {
      await world.refuses("maker", "board.raiseMinSecurityVersion", raise(6), "MinSecurityVersionNotAnnounced", [5, 6]);
      await world.refuses("maker", "board.raiseMinSecurityVersion", raise(1, ethers.id("never")), "NotAnnounced");
      await world.send("maker", "board.withdraw", id, DIGEST);
      await world.refuses("maker", "board.raiseMinSecurityVersion", raise(5), "NotAnnounced");
    });

    it("is the owner's to raise", async () => {
      await world.refuses("announcer", "board.raiseMinSecurityVersion", raise(5), "NotNodeOwner");
    });
  });

  it("knows and is known by its programme", async () => {
    expect(await world.read("board.source")).to.equal(world.deployment.programme);
    expect(await world.read("programme.board")).to.equal(world.deployment.board);
  });
});
