// SPDX-License-Identifier: Apache-2.0
// Keys stolen, a license suspended and revoked.
import { enums, words } from "../../protocol/generated.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { transact } from "../../registry/transaction.ts";
import { buildApp } from "../firmware.ts";
import { reinstateLicense, suspendLicense } from "../license.ts";
import { makeRelease } from "../releases.ts";
import type { Drill } from "./drill.ts";
import type { Scene } from "./scene.ts";

const EVIDENCE = `0x${"e1".repeat(32)}`;
const DIGEST = `0x${"77".repeat(32)}`;

/** What a unit staged before it learned more. */
const PASSED = "the trial of what had passed before";

const suspend = ({ world }: Scene) => suspendLicense(world.chain, world.license);
const reinstate = ({ world }: Scene) => reinstateLicense(world.chain, world.license);

export const otaKeyStolen: Drill = {
  name: "ota-key-stolen",
  title: "the OTA key is stolen, the license suspended: nothing new gets in",
  async run(scene) {
    const { unit, world } = scene;
    const image = await buildApp(world.root, "1.1.0", world.port);
    const line = { ...world, identity: world.authority.ota };
    const old = await scene.bundle(await makeRelease(line, image, { sequence: 3, version: "1.1.0" }));
    await suspend(scene);
    await scene.refuses("a release that was not announced", "RELEASE_NOT_ANNOUNCED", unit.upload(old));
    const args = [world.license.manufacturerId, DIGEST, 1];
    const late = transact({ contract: scene.contract("board", "announcer"), method: "announce", args });
    await scene.refuses("an announcement while suspended", "TRANSACTION_REVERTED", late);
    await reinstate(scene);
  },
};

export const toldLater: Drill = {
  name: "told-later",
  title: "what was announced before, once the unit has seen a later statement",
  async run(scene) {
    const { unit, announced } = scene;
    const old = await scene.bundle(announced);
    const digest = manifestDigest(announced.manifest);
    await unit.upload(old);
    await unit.test(digest);
    await suspend(scene);
    const { status } = await unit.notice(await scene.notice());
    scene.holds("the unit is told of the suspension", status === words.licenseStatus.suspended);
    const isPending = (await unit.images()).some(({ pending }) => pending);
    scene.holds("the trial that was due is off", !isPending);
    await scene.refuses(PASSED, "NO_STAGED_IMAGE", unit.test(digest));
    await scene.refuses("the old proof", "BLOCK_BELOW_FLOOR", unit.upload(old));
    await scene.refuses("a new one", "LICENSE_SUSPENDED", unit.upload(await scene.bundle(announced)));
    await reinstate(scene);
  },
};

export const challengeMode: Drill = {
  name: "challenge-mode",
  title: "and at once, while the unit has a challenge outstanding",
  async run(scene) {
    const { unit, announced } = scene;
    const old = await scene.bundle(announced);
    await unit.upload(old);
    const stale = await scene.bundle(announced, await unit.challenge());
    await suspend(scene);
    const nonce = await unit.challenge();
    await scene.refuses(PASSED, "NO_STAGED_IMAGE", unit.test(manifestDigest(announced.manifest)));
    await scene.refuses("the old proof", "CHALLENGE_REQUIRED", unit.upload(old));
    await scene.refuses("one over a former challenge", "CHALLENGE_EXPIRED", unit.upload(stale));
    await scene.refuses("one that answers", "LICENSE_SUSPENDED", unit.upload(await scene.bundle(announced, nonce)));
    await scene.refuses("the old proof again", "BLOCK_BELOW_FLOOR", unit.upload(old));
    await reinstate(scene);
  },
};

export const licenseRevoked: Drill = {
  name: "license-revoked",
  title: "the license is revoked",
  async run(scene) {
    const { unit, world } = scene;
    const contract = scene.contract("programme", "licensor");
    const args = [world.license.manufacturerId, enums.reason.qualityAndSecurity, EVIDENCE];
    await transact({ contract, method: "revoke", args });
    await scene.onBoard("refresh");
    await scene.refuses("a new proof", "LICENSE_REVOKED", unit.upload(await scene.bundle(scene.announced)));
    const { status } = await unit.notice(await scene.notice());
    scene.holds("the unit is told", status === words.licenseStatus.revoked);
  },
};
