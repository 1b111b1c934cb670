// SPDX-License-Identifier: Apache-2.0
// What people and timers are told of a license, against what the contracts then do.
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { inTokens, tokenAmount } from "../../host/src/cli/license/amount.ts";
import { statusLines } from "../../host/src/cli/license/status-lines.ts";
import { contractAt } from "../../host/src/registry/deploy.ts";
import { staticProvider } from "../../host/src/registry/key-account.ts";
import { checkEvidence, collectEvidence } from "../../host/src/registry/license/evidence.ts";
import {
  type LicenseParts,
  type LicenseStatus,
  readLicenseStatus,
} from "../../host/src/registry/license/license-status.ts";
import { warningsOf } from "../../host/src/registry/license/warnings.ts";
import { type Sighting, watchLicense } from "../../host/src/registry/license/watch.ts";
import { unitRecord } from "../../host/src/registry/unit-record.ts";
import { aboutRecord } from "../../host/src/verify/genuine.ts";
import { refusal } from "../support/refusal.ts";
import { Dropped, rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { record } from "./support/devices.ts";
import { allowed, applyFor, EVIDENCE, fund, licensedWorld, MODEL, QUOTA, YEAR } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const MINT = "registry.mintAftermarketDeviceByManufacturerBatch";

describe("license status", () => {
  let world: World;
  let id: bigint;

  before(async () => {
    ({ world, id } = await licensedWorld());
    await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
  });
  rollBackAfterEach();

  const parts = (): LicenseParts => ({
    nodes: world.contract("nodes"),
    programme: world.contract("programme"),
    board: world.contract("board"),
    registry: world.contract("registry"),
  });
  const status = (): Promise<LicenseStatus> => readLicenseStatus(parts(), id);

  const SITUATIONS: Readonly<Record<string, () => Promise<unknown>>> = {
    "in force": async () => undefined,
    suspended: () => world.send("licensor", "programme.suspend", id, 1, EVIDENCE),
    revoked: () => world.send("licensor", "programme.revoke", id, 1, EVIDENCE),
    renounced: () => world.send("maker", "programme.renounce", id),
    "in sunset": async () => world.send("licensor", "programme.sunset", id, (await now()) + DAY),
    expired: () => pass(YEAR),
    "without the model's certificate": () => world.send("licensor", "programme.withdrawModel", id, MODEL),
    "of a removed controller": () => world.send("admin", "nodes.removeController", world.address("maker")),
    "without a model": () => world.send("maker", "registry.setMintModel", id, ethers.ZeroHash),
  };
  for (const [title, reach] of Object.entries(SITUATIONS)) {
    it(`says of a license ${title} what then is refused, and nothing else`, async () => {
      await reach();
      const { blocked } = await status();
      const isBlocked = (what: string): boolean => blocked.some((each) => each.what === what);
      expect(isBlocked("register"), "register").to.equal((await world.outcome("maker", MINT, id, [record(1)])) !== "");
      const announced = await world.outcome("maker", "board.announce", id, ethers.id("next"), 9);
      expect(isBlocked("announce"), "announce").to.equal(announced !== "");
    });
  }

  it("says of a license that was renounced, or suspended, just that", async () => {
    await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
    const standing = warningsOf(await status(), 0).find(({ subject }) => subject === "standing");
    expect(standing?.text).to.equal("the license is suspended");
    await world.send("licensor", "programme.reinstate", id);
    await world.send("maker", "programme.renounce", id);
    const why = (await status()).blocked.find(({ what }) => what === "register")?.why;
    expect(why).to.equal("the license is renounced");
  });

  it("shows the stake against the minimum that the contract has, whatever it is", async () => {
    await world.send("admin", "programme.setMinStakeAmount", 7n * 10n ** 18n);
    const { stake } = await status();
    expect(stake.minimum).to.equal(7n * 10n ** 18n);
    expect(statusLines(await status(), 18n)).to.match(/^stake +100000\.0 of 100000\.0 required; minimum today 7\.0$/m);
  });

  it("shows MOU, audits and models with days left, units against quota", async () => {
    await world.send("maker", MINT, id, [record(1)]);
    await world.send("licensor", "programme.publishMou", ethers.id("second"));
    const text = statusLines(await status(), 18n);
    expect(text).to.match(/^MOU +version 1 signed, 2 in force: not current$/m);
    expect(text).to.match(/^security audit +passed, until \d{4}-\d\d-\d\d \(364 days\)$/m);
    expect(text).to.match(/^model TM-1 +until \d{4}-\d\d-\d\d \(364 days\)$/m);
    expect(text).to.match(new RegExp(`^units +1 of ${QUOTA}, as TM-1$`, "m"));
  });

  it("says what a renewal lacks once its time is near", async () => {
    await pass(300 * DAY);
    await world.send("admin", "programme.setMinStakeAmount", 10n ** 24n);
    const why = (await status()).blocked.filter(({ what }) => what === "renew").map((each) => each.why);
    expect(why).to.deep.equal([
      "renewal was not asked for: license request-renewal",
      "the stake is below today's minimum: license stake",
    ]);
    await world.send("maker", "programme.requestRenewal", id);
    expect(statusLines(await status(), 18n)).to.match(/^renewal +asked for$/m);
    await fund(world, "maker", 10n ** 24n);
    await world.send("maker", "programme.topUp", id, allowed(10n ** 24n));
    expect((await status()).blocked.filter(({ what }) => what === "renew")).to.deep.equal([]);
  });

  it("tells who owes support until when, the licensee and one before him, as device genuine does", async () => {
    const [long, short] = [(await now()) + 3 * YEAR, (await now()) + YEAR];
    const date = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
    await world.send("maker", MINT, id, [record(1)]);
    const told = async (): Promise<string[]> => {
      const unit = await unitRecord(parts(), id, record(1).addr.toLowerCase());
      return [...aboutRecord(unit, await now())].map(({ says }) => says).filter((says) => /support/i.test(says));
    };
    expect(await told()).to.deep.equal(["The chain names no date until which support is owed."]);
    await world.send("maker", "programme.extendSupport", id, long);
    expect(await told()).to.deep.equal([`Support is owed until ${date(long)}.`]);

    await world.send("admin", "nodes.setController", world.address("rival"));
    await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("rival"), id);
    await applyFor(world, id, "rival");
    const before = `Support is owed until ${date(long)} by a former licensee, for units of his time.`;
    expect(await told()).to.deep.equal([before]);
    await world.send("rival", "programme.extendSupport", id, short);
    expect(await told()).to.deep.equal([`Support is owed until ${date(short)}.`, before]);
    const text = statusLines(await status(), 18n);
    expect(text).to.match(new RegExp(`^support +until ${date(short)}`, "m"));
    await world.send("rival", "programme.extendSupport", id, 2n ** 48n - 1n);
    expect((await told())[0]).to.equal("Support is owed until after the year 9999.");
    expect(statusLines(await status(), 18n)).to.match(/^support +until after the year 9999/m);
    expect(text).to.match(new RegExp(`^support before +until ${date(long)} .*, by a former licensee$`, "m"));
  });

  it("puts no control character of a model's name on a terminal", async () => {
    const certificate = { id, name: "TM\u001b[2J", validUntil: (await now()) + DAY, evidence: EVIDENCE };
    await world.send("licensor", "programme.certifyModel", certificate);
    expect(statusLines(await status(), 18n)).to.match(/^model TM\?\[2J /m);
  });

  it("takes no amount from a node that claims more decimals than $DIMO has, nor control characters in a prompt", async () => {
    const abi = ethers.AbiCoder.defaultAbiCoder();
    let answers: Readonly<Record<string, string>> = { "0x313ce567": abi.encode(["uint8"], [30]) };
    await using bridge = await rpcBridge(
      (method, params) => ethers.provider.send(method, params),
      (_method, answer, params) => answers[(params[0] as { data?: string } | undefined)?.data ?? ""] ?? answer,
    );
    const provider = staticProvider(bridge.url, 31_337n);
    const token = contractAt("DevDimoToken", world.deployment.token, provider);
    expect((await refusal(tokenAmount(token, "amount", "1"))).code).to.equal("PREFLIGHT");
    answers = { "0x95d89b41": abi.encode(["string"], ["DIMO\u001b[1A\r0"]) };
    expect(await inTokens(token, 10n ** 18n)).to.equal("1.0 DIMO[1A0");
    provider.destroy();
  });

  it("refuses a manufacturer that is none", async () => {
    expect((await refusal(readLicenseStatus(parts(), 99n))).code).to.equal("PREFLIGHT");
  });

  it("warns so many days before an end, not earlier", async () => {
    await pass(YEAR - 40 * DAY);
    await world.send("stranger", "board.refresh", id);
    expect(warningsOf(await status(), 30)).to.deep.equal([]);
    const texts = warningsOf(await status(), 45).map(({ text }) => text);
    expect(texts)
      .to.include("the hardware audit ends in 39 days")
      .and.include("the certificate of TM-1 ends in 39 days");
  });

  describe("watched", () => {
    it("says events, a change of standing and warnings once, across a node that drops out", async () => {
      let down = false;
      await using bridge = await rpcBridge((method, params) => {
        if (down) throw new Dropped();
        return ethers.provider.send(method, params);
      });
      const provider = staticProvider(bridge.url, 31_337n);
      const at = (part: "nodes" | "programme" | "board" | "registry", name: Parameters<typeof contractAt>[0]) =>
        contractAt(name, world.deployment[part], provider);
      const watched = {
        nodes: at("nodes", "ManufacturerId"),
        programme: at("programme", "LicenseProgramme"),
        board: at("board", "OtaBoard"),
        registry: at("registry", "DeviceRegistry"),
      };
      const end = new AbortController();
      const terms = { manufacturerId: id, fromBlock: 0, days: 30, poll: 5, signal: end.signal };
      const seen: Sighting[] = [];
      for await (const sighting of watchLicense(watched, terms)) {
        seen.push(sighting);
        if (sighting.kind === "standing" && sighting.was === null) down = true;
        if (sighting.kind === "unreachable") {
          await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
          down = false;
        }
        if (sighting.kind === "warning") end.abort();
      }
      provider.destroy();
      const events = seen.flatMap((each) => (each.kind === "event" ? [each.event.event] : []));
      expect(events).to.include("Suspended").and.include("LicenseRefreshed");
      expect(new Set(events).size).to.equal(events.length);
      expect(seen.map(({ kind }) => kind).filter((kind) => kind !== "event")).to.deep.equal([
        "standing",
        "unreachable",
        "reachable",
        "standing",
        "warning",
      ]);
      expect(seen).to.deep.include({ kind: "standing", was: "active", is: "suspended", block: await newest() });
    });
  });

  describe("evidence", () => {
    async function pack(folder: TemporaryFolder) {
      const report = folder.join("report.txt");
      writeFileSync(report, "the report");
      await world.send("licensor", "programme.suspend", id, 1, ethers.id("the report"));
      const request = {
        manufacturerId: id,
        chainId: 31_337n,
        fromBlock: 0,
        folder: folder.join("pack"),
        documents: [report],
      };
      return await collectEvidence(parts(), request);
    }

    it("holds events, state and documents, says which hash no document has, and is whole", async () => {
      using folder = new TemporaryFolder();
      const { documents, missing } = await pack(folder);
      expect(documents[0]?.namedBy[0]).to.match(/^Suspended in block \d+$/);
      expect(missing.find(({ keccak256 }) => keccak256 === EVIDENCE)?.namedBy[0]).to.match(/ in block \d+$/);
      expect(missing.map(({ keccak256 }) => keccak256))
        .to.include(EVIDENCE)
        .and.not.include(ethers.id("the report"));
      expect(await checkEvidence(folder.join("pack"), id)).to.deep.equal([]);
      const events = JSON.parse(readFileSync(folder.join("pack", "events.json"), "utf8")) as { event: string }[];
      expect(events.map(({ event }) => event)).to.include.members(["MouPublished", "Applied", "Granted", "Suspended"]);
      const manifest = JSON.parse(readFileSync(folder.join("pack", "manifest.json"), "utf8")) as Record<
        string,
        unknown
      >;
      expect(manifest["blockHash"]).to.equal((await ethers.provider.getBlock(await newest()))?.hash);
    });

    const CHANGES: Readonly<Record<string, readonly [(pack: string) => void, string]>> = {
      changed: [(at) => appendFileSync(`${at}/events.json`, " "), "events.json was changed"],
      "changed, the manifest itself": [(at) => appendFileSync(`${at}/manifest.json`, " "), "manifest.json was changed"],
      lost: [(at) => rmSync(`${at}/documents/report.txt`), "documents/report.txt is missing"],
      added: [(at) => writeFileSync(`${at}/documents/more.txt`, ""), "documents/more.txt is not in the manifest"],
      linked: [
        (at) => {
          rmSync(`${at}/status.json`);
          symlinkSync("events.json", `${at}/status.json`);
        },
        "status.json is missing",
      ],
    };
    for (const [title, [change, says]] of Object.entries(CHANGES)) {
      it(`names a file that was ${title}`, async () => {
        using folder = new TemporaryFolder();
        await pack(folder);
        change(folder.join("pack"));
        expect(await checkEvidence(folder.join("pack"), id)).to.include(says);
      });
    }

    it("is not taken for another manufacturer's", async () => {
      using folder = new TemporaryFolder();
      await pack(folder);
      expect(await checkEvidence(folder.join("pack"), id + 1n)).to.deep.equal([
        `manifest.json is of manufacturer ${id}`,
      ]);
    });

    it("does not follow a manifest out of its folder", async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join("manifest.json"), JSON.stringify({ sha256: { "../secret": "0".repeat(64) } }));
      expect(await checkEvidence(folder.path, id)).to.deep.equal(["manifest.json was changed"]);
    });
  });

  const newest = (): Promise<number> => ethers.provider.getBlockNumber();
});
