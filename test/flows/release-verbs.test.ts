// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { issueOta, issueRoot } from "../../host/src/authority/authority.ts";
import { createKeyFile } from "../../host/src/keys/file-signer.ts";
import { decodeBundle } from "../../host/src/protocol/bundle.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { classId } from "../../host/src/protocol/class-id.ts";
import { unitStateToJson } from "../../host/src/protocol/messages/unit-state.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import type { OtaIdentity } from "../../host/src/release/sign.ts";
import { ethers } from "../contracts/support/chain.ts";
import { type LicensedMaker, licensedMaker } from "../support/licensed-maker.ts";

const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;
const PASSPHRASE = "FAKE passphrase of a test";
const MODEL = "FAKE-1";

interface Answer {
  readonly status: number | null;
  readonly json: Readonly<Record<string, unknown>>;
}

describe("the release verbs, on files", function () {
  this.timeout(240_000);
  let folder: string;
  let maker: LicensedMaker;
  const file = (name: string): string => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-release-"));
    maker = await licensedMaker(identify);
  });
  after(async () => {
    await maker[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  /** Root and OTA keys as files, and their certificates beside them. */
  async function identify(chainId: bigint, manufacturerId: bigint): Promise<OtaIdentity> {
    const names = ["root", "ota"].map((name) => createKeyFile(file(`${name}.key`), PASSPHRASE));
    const [rootSigner, signer] = await Promise.all(names);
    if (!rootSigner || !signer) throw new Error("keys");
    const now = (await ethers.provider.getBlock("latest"))?.timestamp ?? 0;
    const subject = { organization: "FAKE Maker", commonName: "FAKE root", chainId, manufacturerId };
    const root = await issueRoot({ ...subject, now, days: 3650 }, rootSigner);
    const request = { commonName: "FAKE OTA signer", publicKey: signer.publicKey, now, days: 365 };
    const ota = await issueOta(request, { certificate: root, signer: rootSigner });
    writeFileSync(file("root.pem"), encodePem("CERTIFICATE", root.der));
    writeFileSync(file("ota.pem"), encodePem("CERTIFICATE", ota.der));
    return { signer, certificate: ota.der, root: root.der };
  }

  async function touchmark(...words: readonly string[]): Promise<Answer> {
    const env = { ...process.env, TOUCHMARK_PASSPHRASE: PASSPHRASE };
    const child = spawn(process.execPath, [MAIN, ...words, "--json"], { env, stdio: ["ignore", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    const status = child.exitCode ?? (await new Promise<number | null>((done) => child.once("close", done)));
    return { status, json: JSON.parse(Buffer.concat(chunks).toString()) as Answer["json"] };
  }

  it("take an image to a bundle that a unit accepts, and say so", async () => {
    const { world, id, state, bridge } = maker;
    const { trust } = state;
    const names = ["owner", "witness-1", "witness-2"];
    const [owner, ...witnesses] = await Promise.all(
      names.map((name) => createKeyFile(file(`${name}.key`), PASSPHRASE)),
    );
    if (!owner) throw new Error("keys");
    await world.send("maker", "board.setAnnouncer", id, owner.address, true);
    await world.signer("maker").sendTransaction({ to: owner.address, value: ethers.parseEther("1") });

    const { chainId, board, boardCodeHash, vendorId } = trust;
    const target = { chainId, manufacturerId: id, board, boardCodeHash, vendorId, hardwareModel: MODEL };
    const plain = (_name: string, value: unknown): unknown =>
      value instanceof Uint8Array ? toHex(value) : typeof value === "bigint" ? String(value) : value;
    writeFileSync(file("target.json"), JSON.stringify(target, plain));
    writeFileSync(file("app.bin"), new Uint8Array(400).fill(7));
    const unit = {
      ...trust,
      classId: classId(vendorId, MODEL),
      witnesses: witnesses.map(({ publicKey }) => publicKey),
    };
    const exported = { ...state, trust: unit, life: "locked", slot: 0, version: "0.9.0", securityVersion: 1 } as const;
    writeFileSync(file("unit.json"), JSON.stringify(unitStateToJson(exported)));

    const build = ["--target", file("target.json"), "--release-version", "1.0.0", "--sequence", "2"];
    const built = await touchmark(
      "release",
      "build",
      file("app.bin"),
      ...build,
      "--security-version",
      "1",
      "--out",
      file("app.manifest"),
    );
    expect(built.status).to.equal(0);
    const keys = ["--key", file("ota.key"), "--certificate", file("ota.pem"), "--root", file("root.pem")];
    const signed = await touchmark(
      "release",
      "sign",
      file("app.bin"),
      file("app.manifest"),
      ...keys,
      "--out",
      file("app.release"),
    );
    expect(signed.json).to.include({ digest: built.json["digest"] });

    const proof = ["--state", file("unit.json"), "--root", file("root.pem"), "--rpc", bridge.url];
    const federation = [
      "--witness-key",
      file("witness-1.key"),
      "--witness-key",
      file("witness-2.key"),
      "--witness-record",
      file("record"),
    ];
    for (const [at, { address }] of witnesses.entries()) {
      const begun = await touchmark(
        ...["witness", "init", file(`record.${address}`), "--key", file(`witness-${at + 1}.key`)],
      );
      expect(begun.json).to.include({ address });
    }
    const early = await touchmark(
      "release",
      "prove",
      file("app.release"),
      ...proof,
      ...federation,
      "--out",
      file("app.suit"),
    );
    expect(early.status).to.equal(1);
    expect(JSON.stringify(early.json)).to.include("RELEASE_NOT_ANNOUNCED");

    const uncertified = await touchmark(
      ...["release", "announce", file("app.release"), "--rpc", bridge.url, "--key", file("owner.key")],
    );
    expect(uncertified.status).to.equal(1);
    expect(uncertified.json).to.have.nested.property("error.code", "MODEL_NOT_CERTIFIED");
    const validUntil = ((await ethers.provider.getBlock("latest"))?.timestamp ?? 0) + 1_000_000;
    const certificate = { id, name: MODEL, validUntil, evidence: ethers.id("evidence") };
    await world.send("licensor", "programme.certifyModel", certificate);
    const place = [file("app.release"), "--rpc", bridge.url];
    const told = await touchmark("release", "announce", ...place, "--wallet", world.address("maker"));
    const call = [id, `0x${String(built.json["digest"])}`, 1];
    const data = world.contract("board").interface.encodeFunctionData("announce", call);
    expect(told.json).to.deep.include({ transactions: [{ to: world.deployment.board, value: "0", data }] });
    const announced = await touchmark(
      "release",
      "announce",
      file("app.release"),
      "--rpc",
      bridge.url,
      "--key",
      file("owner.key"),
    );
    expect(announced.json).to.include({ digest: built.json["digest"], account: owner.address });
    const proved = await touchmark(
      "release",
      "prove",
      file("app.release"),
      ...proof,
      ...federation,
      "--out",
      file("app.suit"),
    );
    expect(proved).to.deep.include({ status: 0 });
    expect(proved.json).to.include({ verdict: "OK" });

    const unitFiles = ["--state", file("unit.json"), "--root", file("root.pem")];
    expect((await touchmark("release", "verify", file("app.suit"), ...unitFiles)).json).to.include({ verdict: "OK" });
    const bent = readFileSync(file("app.suit"));
    bent.writeUInt8(bent.readUInt8(bent.length - 1) ^ 1, bent.length - 1);
    writeFileSync(file("bent.suit"), bent);
    const refused = await touchmark("release", "verify", file("bent.suit"), ...unitFiles);
    expect(refused.status).to.equal(1);
    expect(refused.json).to.include({ verdict: "IMAGE_DIGEST_MISMATCH" });
    renameSync(file("ota.key"), file("ota.key.away"));
    const signature = decodeBundle(readFileSync(file("app.suit"))).authentication;
    await ethers.provider.send("hardhat_mine", ["0x3"]);
    const fresh = await touchmark("release", "refresh", file("app.suit"), ...proof, ...federation);
    expect(fresh.json).to.include({ verdict: "OK" });
    expect(Number(fresh.json["floor"])).to.be.above(Number(proved.json["floor"]));
    expect(decodeBundle(readFileSync(file("app.suit"))).authentication).to.deep.equal(signature);
    const withdrawn = await touchmark(
      "release",
      "withdraw",
      file("app.suit"),
      "--rpc",
      bridge.url,
      "--key",
      file("owner.key"),
      "--yes",
    );
    expect(withdrawn.status).to.equal(0);
    const stale = await touchmark("release", "refresh", file("app.suit"), ...proof, ...federation);
    expect(JSON.stringify(stale.json)).to.include("RELEASE_WITHDRAWN");
    const prove = async (name: string, ...words: readonly string[]) =>
      touchmark("release", "prove", ...words, ...proof, ...federation, "--out", file(name));
    const drill = await prove("drill.suit", file("app.release"), "--even-if-refused");
    expect(drill.status).to.equal(1);
    expect(drill.json).to.include({ verdict: "RELEASE_WITHDRAWN", bytes: readFileSync(file("drill.suit")).length });
    const notice = await prove("license.chain", "--notice");
    expect(notice.json).to.include({ verdict: "OK", bytes: readFileSync(file("license.chain")).length });
  });
});
