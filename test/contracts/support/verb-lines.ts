// SPDX-License-Identifier: Apache-2.0
// How the command line reaches each function that changes state, in the scene of the role matrix.
import { ethers } from "./chain.ts";
import { device } from "./devices.ts";
import { RELEASE, type Scene, VEHICLE } from "./role-matrix.ts";
import { EVIDENCE, MODEL_NAME, QUOTA, YEAR } from "./steps.ts";
import type { Account } from "./world.ts";

interface Line {
  readonly by: Account;
  readonly words: readonly string[];
}

type LineOf = (scene: Scene) => Line;

const date = (seconds: number): string => new Date(seconds * 1000).toISOString();
const line =
  (by: Account, words: (scene: Scene) => readonly string[]): LineOf =>
  (scene) => ({ by, words: words(scene) });
const at = (by: Account, ...words: readonly string[]): LineOf => line(by, () => words);
const unit = (n: number): string => device(n).address;
/** A verb on the licensed node. */
const on = (by: Account, group: string, verb: string, ...rest: readonly string[]): LineOf =>
  line(by, ({ id }) => [group, verb, `${id}`, ...rest]);
/** A verb on the newcomer's node. */
const onNewcomer = (by: Account, verb: string, rest: (scene: Scene) => readonly string[] = () => []): LineOf =>
  line(by, (scene) => ["license", verb, `${scene.newcomerId}`, ...rest(scene)]);
const until = ({ expiry }: Scene): string[] => ["--until", date(expiry)];
const evidence = ["--evidence", EVIDENCE];

export const LINES: Readonly<Record<string, LineOf>> = {
  "roles.grantRole": line("admin", ({ world }) => ["role", "grant", "licensor", world.address("stranger")]),
  "roles.revokeRole": line("admin", ({ world }) => ["role", "revoke", "licensor", world.address("licensor")]),
  "roles.renounceRole": at("licensor", "role", "renounce", "licensor"),
  "roles.beginDefaultAdminTransfer": line("admin", ({ world }) => ["role", "hand-over", world.address("stranger")]),
  "roles.acceptDefaultAdminTransfer": at("stranger", "role", "accept"),
  "roles.cancelDefaultAdminTransfer": at("admin", "role", "cancel"),
  "roles.changeDefaultAdminDelay": at("admin", "role", "delay", "1"),
  "roles.rollbackDefaultAdminDelay": at("admin", "role", "cancel-delay"),
  "roles.setTreasury": line("admin", ({ world }) => ["role", "treasury", world.address("stranger")]),

  "nodes.setController": line("admin", ({ world }) => ["node", "controller", world.address("stranger")]),
  "nodes.removeController": line("admin", ({ world }) => ["node", "controller", world.address("maker"), "--remove"]),
  "nodes.mintManufacturerBatch": at("admin", "node", "mint", "Zenith", "Nadir"),
  "nodes.renameManufacturer": on("admin", "node", "rename", "Zenith"),
  "nodes.setManufacturerInfo": on("admin", "node", "info", "URL=https://acme.example/?a=b"),
  "nodes.reclaim": on("admin", "node", "reclaim"),
  "nodes.setPrivilege": line("maker", (scene) => [
    ...["node", "privilege", `${scene.id}`, "mint", scene.world.address("stranger")],
    ...until(scene),
  ]),
  "nodes.approve": line("maker", ({ world, id }) => ["node", "approve", `${id}`, world.address("stranger")]),
  "nodes.setApprovalForAll": line("maker", ({ world }) => ["node", "operator", world.address("treasury")]),
  "nodes.safeTransferFrom(address,address,uint256)": line("maker", ({ world, id }) => [
    ...["node", "transfer", `${id}`, world.address("admin"), "--yes"],
  ]),

  "programme.applyForLicense": onNewcomer("owner", "apply", () => ["--yes", "--at-most", "100000"]),
  "programme.grant": onNewcomer("licensor", "grant", (scene) => [...until(scene), "--quota", "5"]),
  "programme.refuse": onNewcomer("licensor", "refuse", () => evidence),
  "programme.suspend": on("licensor", "license", "suspend", "--reason", "support", ...evidence),
  "programme.reinstate": on("licensor", "license", "reinstate"),
  "programme.sunset": line("licensor", (scene) => ["license", "sunset", `${scene.id}`, ...until(scene)]),
  "programme.revoke": on("licensor", "license", "revoke", ...evidence),
  "programme.renew": line("licensor", ({ id, expiry }) => [
    ...["license", "renew", `${id}`, "--until", date(expiry + YEAR)],
  ]),
  "programme.requestRenewal": on("maker", "license", "request-renewal"),
  "programme.renounce": on("maker", "license", "renounce"),
  "programme.raiseQuota": on("licensor", "license", "quota", `${QUOTA + 1}`),
  "programme.extendSupport": line("maker", (scene) => ["license", "support", `${scene.id}`, ...until(scene)]),
  "programme.setMinStakeAmount": at("admin", "license", "minimum", "120000.5"),
  "programme.topUp": on("maker", "license", "stake", "0.000000000000000001"),
  "programme.withdrawStake": on("maker", "license", "unstake"),
  "programme.proposeSlash": line("licensor", ({ world, id }) => [
    ...["license", "slash-propose", `${id}`, "5", "--staker", world.address("maker"), "--reason", "support"],
    ...evidence,
  ]),
  "programme.contestSlash": on("maker", "license", "slash-contest", EVIDENCE),
  "programme.decideSlash": on("admin", "license", "slash-decide", "uphold"),
  "programme.closeSlash": on("licensor", "license", "slash-close"),
  "programme.executeSlash": on("maker", "license", "slash-execute"),
  "programme.publishMou": at("licensor", "license", "mou", EVIDENCE),
  "programme.signMou": on("maker", "license", "sign", ethers.id("MOU, first edition")),
  "programme.recordAudit": line("hardwareAuditor", (scene) => [
    ...["license", "audit", `${scene.id}`, "--kind", "hardware", ...until(scene)],
    ...evidence,
  ]),
  "programme.certifyModel": line("licensor", (scene) => [
    ...["license", "model", `${scene.id}`, "TM-2", ...until(scene)],
    ...evidence,
  ]),
  "programme.withdrawModel": on("licensor", "license", "withdraw-model", MODEL_NAME),

  "board.refresh": on("maker", "board", "refresh"),
  "board.proposeOtaSigner": line("maker", ({ world, id }) => ["board", "signer", `${id}`, world.address("treasury")]),
  "board.activateOtaSigner": on("maker", "board", "signer"),
  "board.cancelOtaSigner": on("maker", "board", "signer", "--cancel"),
  "board.proposeRoot": on("maker", "board", "root", "root.pem"),
  "board.activateRoot": on("maker", "board", "root"),
  "board.cancelRoot": on("maker", "board", "root", "--cancel"),
  "board.setAnnouncer": line("maker", ({ world, id }) => ["board", "announcer", `${id}`, world.address("stranger")]),
  "board.raiseMinSecurityVersion": on("maker", "board", "security-version", "1", RELEASE),

  "registry.setMintModel": on("maker", "registry", "model", MODEL_NAME),
  "registry.setAftermarketDeviceInfo": at("maker", "registry", "attribute", unit(1), "DefinitionURI=ipfs://x"),
  "registry.addAftermarketDeviceAttribute": at("admin", "registry", "list-attribute", "Color"),
  "registry.addFixedAttribute": at("admin", "registry", "list-attribute", "Color", "--fixed"),
  "registry.resetAftermarketDeviceAddressByManufacturerBatch": at("maker", "registry", "reset", unit(1), unit(9)),
  "registry.reprovisionAftermarketDeviceByManufacturerBatch": at(
    ...(["maker", "registry", "return", unit(2), "--reprovision", "--claimed"] as const),
  ),
  "registry.revokeDevice": at("maker", "registry", "revoke", unit(1)),
  "registry.approve": line("owner", ({ world }) => ["registry", "consent", unit(2), world.address("maker")]),
  "registry.returnDevice": at("owner", "registry", "return", unit(2)),
  "registry.unpairAftermarketDevice": at("owner", "registry", "unpair", unit(3), `${VEHICLE}`),
};

/** Composite verbs by their name, and functions that none reaches ("none: why"). */
export const OTHERWISE: Readonly<Record<string, string>> = {
  "nodes.mintManufacturer": "registry node, which hands the node on as well",
  "nodes.transferFrom": "registry node; node transfer is the safe form",
  "nodes.safeTransferFrom(address,address,uint256,bytes)": "none: node transfer without a word to the receiver",
  "board.announce": "release announce",
  "board.withdraw": "release withdraw",

  "registry.mintAftermarketDeviceByManufacturerBatch": "registry register, and registry batch, by their journal",
  "registry.commitBatch": "registry root, after the proofs are on disk",
  "registry.claimFromBatch": "registry claim-root, with the unit's signature",
  "registry.revokeBatchUnit": "registry revoke-root, by the proof",
  "registry.claimDevice": "registry claim, with the unit's signature",
  "registry.pairDevice": "registry pair, with the unit's signature",
  "registry.unpairDevice": "registry unpair, with the unit's signature",
  "registry.claimAftermarketDevice": "registry claim --backend dimo: the same call, of DIMO's registry",
  "registry.pairAftermarketDeviceWithAdSig": "registry pair --backend dimo: the same call, of DIMO's registry",
  "registry.setApprovalForAll": "none: registry consent is for one unit",
  "registry.transferFrom": "none: owners hand units on by their wallets",
  "registry.safeTransferFrom(address,address,uint256)": "none: owners hand units on by their wallets",
  "registry.safeTransferFrom(address,address,uint256,bytes)": "none: owners hand units on by their wallets",
};
