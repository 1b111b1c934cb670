// SPDX-License-Identifier: Apache-2.0
import { existsSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { terminal } from "../../host/src/cli/io.ts";
import { target } from "../../host/src/cli/release/target.ts";
import { classId } from "../../host/src/protocol/class-id.ts";
import { modelValidUntil } from "../../host/src/registry/model-certificate.ts";
import { requireCertifiedClass } from "../../host/src/release/require-certified-class.ts";
import { refusal } from "../support/refusal.ts";
import { rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { record } from "./support/devices.ts";
import {
  applyFor,
  EVIDENCE,
  grantLicense,
  licensedWorld,
  MODEL,
  MODEL_NAME,
  modelCertificate,
  passAudits,
  YEAR,
} from "./support/steps.ts";
import type { Account, World } from "./support/world.ts";

const MINT = "registry.mintAftermarketDeviceByManufacturerBatch";
const OTHER = ethers.id("TM-2");

describe("license text 8: hardware device certificates", () => {
  let world: World;
  let id: bigint;
  let expiry: number;

  const batch = (model: string) => ({ id, batchId: 1, model, count: 2, root: ethers.id("root") });

  before(async () => {
    ({ world, id, expiry } = await licensedWorld());
  });
  rollBackAfterEach();

  it("are granted per manufacturer and model, with evidence and end", async () => {
    const receipt = await world.send("licensor", "programme.certifyModel", {
      ...modelCertificate(id, expiry),
      name: "TM-2",
    });
    const event = world.event(receipt, "programme.ModelCertified");
    expect([event.model, event.name, event.validUntil, event.evidence]).to.deep.equal([
      OTHER,
      "TM-2",
      BigInt(expiry),
      EVIDENCE,
    ]);
    expect(await world.read("programme.modelValidUntil", id, OTHER)).to.equal(BigInt(expiry));
  });

  it("are granted by the licensor alone", async () => {
    await world.refuses("maker", "programme.certifyModel", [modelCertificate(id, expiry)], "NotLicensor");
  });

  it("are granted only under a license in force", async () => {
    await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
    await world.refuses("licensor", "programme.certifyModel", [modelCertificate(id, expiry)], "LicenseNotInForce", [
      id,
      2,
    ]);
    await world.send("licensor", "programme.reinstate", id);
    await pass(YEAR);
    await world.refuses(
      "licensor",
      "programme.certifyModel",
      [modelCertificate(id, expiry + YEAR)],
      "LicenseNotInForce",
      [id, 1],
    );
  });

  it("need a name of 1 to 32 bytes, evidence and an end to come", async () => {
    const certificate = modelCertificate(id, expiry);
    const wrong: [change: object, error: string][] = [
      [{ name: "" }, "ModelNameLength"],
      [{ name: "x".repeat(33) }, "ModelNameLength"],
      [{ evidence: ethers.ZeroHash }, "ZeroEvidence"],
      [{ validUntil: await now() }, "ModelCertificateEnded"],
    ];
    for (const [change, error] of wrong)
      await world.refuses("licensor", "programme.certifyModel", [{ ...certificate, ...change }], error);
  });

  it("are what minting asks for", async () => {
    await world.send("maker", "registry.setMintModel", id, OTHER);
    await world.refuses("maker", MINT, [id, [record(1)]], "ModelNotCertified", [id, OTHER]);
    await world.refuses("maker", "registry.commitBatch", [batch(OTHER)], "ModelNotCertified", [id, OTHER]);
    await world.send("maker", "registry.commitBatch", batch(MODEL));
  });

  it("stop minting when they are withdrawn", async () => {
    await world.refuses("maker", "programme.withdrawModel", [id, MODEL], "NotLicensor");
    await world.send("licensor", "programme.withdrawModel", id, MODEL);
    await world.refuses("maker", MINT, [id, [record(1)]], "ModelNotCertified", [id, MODEL]);
    await world.refuses("licensor", "programme.withdrawModel", [id, MODEL], "ModelNotCertified");
  });

  it("stop minting when they end", async () => {
    const soon = (await now()) + 1000;
    await world.send("licensor", "programme.certifyModel", modelCertificate(id, soon));
    await pass(1000);
    await world.refuses("maker", MINT, [id, [record(1)]], "ModelNotCertified", [id, MODEL]);
  });

  it("are what CA, station and release announce read: the end while in force, 0 once withdrawn", async () => {
    const [registry, board] = [world.contract("registry"), world.contract("board")];
    expect(await modelValidUntil(registry, "programme", id, MODEL_NAME)).to.equal(BigInt(expiry));
    expect(await modelValidUntil(board, "source", id, MODEL_NAME)).to.equal(BigInt(expiry));
    await world.send("licensor", "programme.withdrawModel", id, MODEL);
    expect(await modelValidUntil(registry, "programme", id, MODEL_NAME)).to.equal(0n);
  });

  it("are asked for by release target, which writes nothing for another model or manufacturer", async () => {
    using folder = new TemporaryFolder();
    await using bridge = await rpcBridge((method, params) => ethers.provider.send(method, params));
    const chain = folder.join("chain.json");
    writeFileSync(chain, JSON.stringify({ rpc: bridge.url, chainId: 31_337, addresses: world.deployment }));
    const out = folder.join("target.json");
    const write = (manufacturer: bigint, model: string) =>
      target.handler(
        { chain, id: `${manufacturer}`, vendor: "acme.example", model, "from-block": 0, out, force: false },
        terminal(true),
      );
    expect((await refusal(write(id, "TM-9"))).code).to.equal("MODEL_NOT_CERTIFIED");
    expect((await refusal(write(id + 9n, MODEL_NAME))).code).to.equal("MODEL_NOT_CERTIFIED");
    expect(existsSync(out)).to.equal(false);
    await write(id, MODEL_NAME);
    expect(existsSync(out)).to.equal(true);
  });

  describe("asked for by release announce", () => {
    const vendorId = new Uint8Array(16).fill(1);
    const announce = (model: string) =>
      requireCertifiedClass(
        { board: world.contract("board"), manufacturerId: id },
        { vendorId, classId: classId(vendorId, model) },
      );

    it("pass a release for a certified model", () => announce(MODEL_NAME));

    it("refuse another class, a withdrawn and an ended certificate, each with its reason", async () => {
      const why = async (model: string) => {
        const { code, data } = await refusal(announce(model));
        expect(code).to.equal("MODEL_NOT_CERTIFIED");
        return data["why"];
      };
      expect(await why("TM-9")).to.match(/^no model of this manufacturer/);
      await world.send("licensor", "programme.withdrawModel", id, MODEL);
      expect(await why(MODEL_NAME)).to.equal("the certificate was withdrawn, or is of a former application");
      await world.send("licensor", "programme.certifyModel", modelCertificate(id, (await now()) + 100));
      await pass(100);
      expect(await why(MODEL_NAME)).to.equal("the certificate has ended");
    });
  });

  describe("belong to one application", () => {
    const hand = async (from: Account, to: Account) =>
      await world.send(from, "nodes.transferFrom", world.address(from), world.address(to), id);
    const areGone = async (maker: Account) => {
      expect(await world.read("programme.modelValidUntil", id, MODEL)).to.equal(0n);
      await world.refuses(maker, MINT, [id, [record(1)]], "ModelNotCertified", [id, MODEL]);
      await world.refuses("licensor", "programme.withdrawModel", [id, MODEL], "ModelNotCertified", [id, MODEL]);
    };
    beforeEach(() => world.send("admin", "nodes.setController", world.address("rival")));

    it("and do not pass with the node to another maker", async () => {
      await hand("maker", "rival");
      await grantLicense(world, id, "rival");
      await areGone("rival");
    });

    it("and do not come back with the node, from a maker who applied in between", async () => {
      await hand("maker", "rival");
      await applyFor(world, id, "rival");
      await hand("rival", "maker");
      await grantLicense(world, id, "maker");
      await areGone("maker");
    });

    it("and end with it: who applies anew is certified anew", async () => {
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await grantLicense(world, id, "maker");
      await areGone("maker");
      await world.send("licensor", "programme.certifyModel", modelCertificate(id, expiry));
      await world.dryRun("maker", MINT, id, [record(1)]);
    });

    it("and rest with it while another owns the node and has not applied", async () => {
      await hand("maker", "rival");
      await world.refuses("rival", MINT, [id, [record(1)]], "LicenseNotInForce", [id, 2]);
      await hand("rival", "maker");
      await world.dryRun("maker", MINT, id, [record(1)]);
    });

    it("and outlast a renewal, which is none", async () => {
      await world.send("licensor", "programme.certifyModel", modelCertificate(id, expiry + YEAR));
      await world.send("maker", "programme.requestRenewal", id);
      await passAudits(world, id, expiry + YEAR);
      await world.send("licensor", "programme.renew", id, expiry + YEAR);
      expect(await world.read("programme.modelValidUntil", id, MODEL)).to.equal(BigInt(expiry + YEAR));
    });
  });

  it("are told with each registration", async () => {
    const receipt = await world.send("maker", MINT, id, [record(1), record(2)]);
    const { model, count, total } = world.event(receipt, "registry.UnitsRegistered");
    expect([model, count, total]).to.deep.equal([MODEL, 2n, 2n]);
  });

  it("name the minted model by the owner or a line", async () => {
    await world.refuses("stranger", "registry.setMintModel", [id, OTHER], "Unauthorized");
    await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), expiry);
    const receipt = await world.send("line", "registry.setMintModel", id, OTHER);
    expect(world.event(receipt, "registry.MintModelSet")).to.deep.equal({ id, model: OTHER });
    expect(await world.read("registry.mintModel", id)).to.equal(OTHER);
  });
});
