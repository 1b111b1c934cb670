// SPDX-License-Identifier: Apache-2.0
// A locked unit in QEMU signs for its owner, and our registry on a Hardhat node takes what it signed.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { type Contract, verifyMessage } from "ethers";
import { genuine } from "../../host/src/cli/device/genuine.ts";
import { contractOf } from "../../host/src/demo/license.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { decodeAttestation } from "../../host/src/protocol/attestation.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import type { OwnerConsent } from "../../host/src/protocol/owner-consent.ts";
import { signInMessage } from "../../host/src/protocol/sign-in.ts";
import { contractAt } from "../../host/src/registry/deploy.ts";
import { actDigest, requireSignature } from "../../host/src/registry/device/device-act.ts";
import { read, transact } from "../../host/src/registry/transaction.ts";
import { provision } from "../../host/src/station/provision.ts";
import { powerEsp } from "../support/esp-chip.ts";
import { describeOnPorts } from "../support/ports.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";
import { runVerb } from "../support/run-verb.ts";
import { witnessServices } from "../support/witness-services.ts";
import { Workshop } from "../support/workshop.ts";

const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;
const DAY = 86_400n;
const VEHICLE = 77n;
const SIGN_IN = { domain: "auth.dimo.zone", client: "x", nonce: "12345678", issuedAt: 0n };

const touchmark = (...words: readonly string[]) =>
  spawnSync(process.execPath, [MAIN, ...words, "--json"], { encoding: "utf8" });

/** The vehicle moves. */
const moving = (chip: ChipFiles) => startQemu(chip, { extra: ["-device", "virtio-balloon-device"] });

describeOnPorts("what a unit signs for its owner", function (port) {
  this.timeout(120_000);
  let workshop: Workshop;
  let chip: ChipFiles;
  let token: bigint;
  let registry: Contract;
  let owner: string;

  before(async () => {
    workshop = await Workshop.open(port);
    chip = workshop.newChip();
    await using unit = await workshop.power(chip);
    const row = await provision(workshop.station, unit.client, { serial: "TM1-0001" });
    token = row?.tokenId ?? 0n;
    const { chain, license } = workshop.world;
    registry = contractOf(chain, license.deployment, "registry", "treasury");
    owner = chain.accounts.treasury.address;
    const vehicles = contractAt("DevVehicleId", license.deployment.vehicles, chain.accounts.treasury);
    await transact({ contract: vehicles, method: "mint", args: [owner, VEHICLE] });
  });
  after(() => workshop[Symbol.asyncDispose]());

  const deadline = async (): Promise<bigint> =>
    BigInt((await workshop.world.chain.provider.getBlock("latest"))?.timestamp ?? 0) + DAY;
  const limits = async () => ({
    nonce: await read<bigint>(registry, "deviceNonce", token),
    deadline: await deadline(),
  });

  async function counts(unit: PoweredUnit): Promise<[number, number]> {
    const { claims } = decodeAttestation(await unit.client.attest(randomBytes(32)));
    return [claims.claims, claims.pairs];
  }

  it("claims, pairs and unpairs on chain with signatures that the unit counts", async () => {
    await using unit = await workshop.power(chip);
    expect(await counts(unit)).to.deep.equal([0, 0]);
    const sign = async (consent: OwnerConsent) => `0x${toHex(await unit.client.consent(consent))}`;

    const claim = await limits();
    const claimed = await sign({ kind: "claim", token, owner, limits: claim });
    const request = { tokenId: token, owner, deadline: claim.deadline };
    await transact({ contract: registry, method: "claimDevice", args: [request, claimed] });
    expect(await read(registry, "ownerOf", token)).to.equal(owner);
    const replay = transact({ contract: registry, method: "claimDevice", args: [request, claimed] });
    expect((await refusal(replay)).data).to.include({ error: "DeviceAlreadyClaimed" });

    // DIMO's structure, then ours to undo it, then ours again.
    const dimo = await sign({ kind: "pair", token, vehicle: VEHICLE });
    await transact({ contract: registry, method: "pairAftermarketDeviceWithAdSig", args: [token, VEHICLE, dimo] });
    const leave = await limits();
    const left = await sign({ kind: "unpair", token, vehicle: VEHICLE, limits: leave });
    const pairing = (at: { deadline: bigint }) => ({ tokenId: token, vehicleId: VEHICLE, deadline: at.deadline });
    const wrong = transact({ contract: registry, method: "pairDevice", args: [pairing(leave), left] });
    expect((await refusal(wrong)).data).to.include({ error: "AdPaired" });
    await transact({ contract: registry, method: "unpairDevice", args: [pairing(leave), left] });
    const confused = transact({ contract: registry, method: "pairDevice", args: [pairing(leave), left] });
    expect((await refusal(confused)).data).to.include({ error: "InvalidAdSignature" });
    const join = await limits();
    const joined = await sign({ kind: "pair", token, vehicle: VEHICLE, limits: join });
    await transact({ contract: registry, method: "pairDevice", args: [pairing(join), joined] });
    expect(await read(registry, "getLink", registry.target, token)).to.equal(VEHICLE);
    expect(await counts(unit)).to.deep.equal([1, 3]);
  });

  it("keeps its counts through a reset, and signs the same claim in DIMO's domain", async () => {
    await using unit = await workshop.power(chip);
    expect(await counts(unit)).to.deep.equal([1, 3]);
    const signature = await unit.client.consent({ kind: "claim", token, owner });
    const value = { aftermarketDeviceNode: token, owner };
    const act = {
      domain: "dimoDomain",
      struct: "claimAftermarketDevice",
      value,
      method: "",
      args: [],
      event: "",
    } as const;
    const digest = actDigest(act, 31_337n, String(registry.target));
    const { address = "" } = await unit.client.hello();
    requireSignature(`0x${toHex(signature)}`, digest, address);
    expect(await counts(unit)).to.deep.equal([2, 3]);
  });

  it("signs in at the pinned domains alone, with the message that it builds itself", async () => {
    await using unit = await workshop.power(chip);
    const { address = "" } = await unit.client.hello();
    const fields = {
      domain: "auth.dimo.zone",
      client: "127.0.0.1",
      nonce: "zrIC3hmEvCsv8exZxjsM",
      issuedAt: 1_715_271_081n,
    };
    const signature = `0x${toHex(await unit.client.signIn(fields))}`;
    const message = signInMessage({ ...fields, address });
    expect(verifyMessage(message, signature).toLowerCase()).to.equal(address);
    const asked = (change: object) => refusal(unit.client.signIn({ ...fields, ...change }));
    expect((await asked({ domain: "auth.dimo.zone.example" })).code).to.equal("SIGN_IN_DOMAIN");
    for (const change of [
      { client: "x\nURI: https://evil.example" },
      { client: "" },
      { client: ".x" },
      { client: "a".repeat(64) },
      { nonce: "short" },
      { nonce: "12345678\n" },
      { issuedAt: 253_402_300_800n },
    ])
      expect(
        (await asked(change)).code,
        JSON.stringify(change, (_k, v) => String(v)),
      ).to.equal("MESSAGE_FIELD");
    expect(await counts(unit)).to.deep.equal([2, 3]);
  });

  it("does nothing while nobody is at the unit", async function () {
    // The pins of Espressif's QEMU all read low: its BOOT button is held for ever.
    if (port === "esp32c3") return this.skip();
    const button = workshop.folder.join("button.sock");
    await using unit = await PoweredUnit.on(chip, (files) => startQemu(files, { button }));
    const before = await counts(unit);
    expect((await refusal(unit.client.consent({ kind: "claim", token, owner }))).code).to.equal("PRESENCE_REQUIRED");
    expect((await refusal(unit.client.signIn(SIGN_IN))).code).to.equal("PRESENCE_REQUIRED");
    expect(await counts(unit)).to.deep.equal(before);
  });

  it("is signed while the vehicle moves, too, but the unit does not restart then", async function () {
    // No pin of the board tells it, and Espressif's QEMU has none to set.
    if (port === "esp32c3") return this.skip();
    await using unit = await PoweredUnit.on(chip, moving);
    expect((await refusal(unit.client.reset())).code).to.equal("NOT_SAFE_TO_REBOOT");
    expect(await unit.client.signIn(SIGN_IN)).to.have.length(65);
  });

  it("does nothing before lock", async () => {
    const consent = { kind: "claim", token, owner } as const;
    await using young = await workshop.power(workshop.newChip());
    expect((await refusal(young.client.consent(consent))).code).to.equal("IDENTITY_ABSENT");
    await provision(workshop.station, young.client, { serial: "TM1-0002" }, { until: "verify" });
    expect((await refusal(young.client.consent(consent))).code).to.equal("LIFE_STATE");
    expect((await refusal(young.client.signIn(SIGN_IN))).code).to.equal("LIFE_STATE");
  });

  it("is printed by verbs that check it first", async () => {
    const machine = await (port === "virt" ? startQemu(chip) : powerEsp(chip));
    try {
      const node = ["--token", `${token}`];
      const claim = touchmark("device", "claim", machine.address, ...node, "--owner", owner);
      expect(claim.status, claim.stderr).to.equal(0);
      const said = JSON.parse(claim.stdout) as { signature: string; registry: string };
      expect(said.signature).to.match(/^0x[0-9a-f]{128}1[bc]$/);
      expect(said.registry).to.equal(String(registry.target).toLowerCase());

      const challenge = workshop.folder.join("challenge.txt");
      const { address } = JSON.parse(claim.stdout) as { address: string };
      const fields = {
        domain: "auth.dimo.zone",
        client: "dimo.example",
        nonce: "abcdEFGH12",
        issuedAt: 1_700_000_000n,
      };
      writeFileSync(challenge, signInMessage({ ...fields, address }));
      const signIn = touchmark("device", "sign-in", machine.address, "--message", challenge);
      expect(signIn.status, signIn.stderr).to.equal(0);
      const { message, signature } = JSON.parse(signIn.stdout) as { message: string; signature: string };
      expect(verifyMessage(message, signature).toLowerCase()).to.equal(address);

      const root = workshop.folder.join("root.der");
      writeFileSync(root, workshop.world.authority.root.certificate.der);
      const kept = workshop.folder.join("unit.eat");
      const attest = touchmark("device", "attest", machine.address, "--root", root, "--out", kept);
      expect(attest.status, attest.stderr).to.equal(0);
      expect(JSON.parse(attest.stdout)).to.include({ serial: "TM1-0001", claims: 3, pairs: 3, fresh: true });
      const chain = workshop.folder.join("chain.json");
      const { deployment } = workshop.world.license;
      writeFileSync(chain, JSON.stringify({ rpc: workshop.world.chain.rpc, chainId: "31337", addresses: deployment }));
      const later = touchmark("device", "attest", "--verify", kept, "--root", root, "--chain", chain);
      expect(later.status, later.stderr).to.equal(0);
      expect(JSON.parse(later.stdout)).to.include({ fresh: false, license: "active", owner });
      const told = touchmark("device", "state", machine.address);
      const state = workshop.folder.join("unit.json");
      writeFileSync(state, told.stdout);
      await using services = await witnessServices(workshop.world.federation.sources.witnesses);
      const witnesses = services.urls.flatMap((url) => ["--witness", url]);
      const words = [machine.address, "--root", root, "--chain", chain, ...witnesses, "--state", state];
      const proved = await runVerb(genuine, words);
      expect(proved.json).to.include({ genuine: true });
      expect(proved.text).to.match(/^PASS {2}That it is registered and not scrapped is proved at block \d+/m);
    } finally {
      await machine.kill();
    }
  });

  it("waits until somebody presses the button", async function () {
    if (port === "esp32c3") return this.skip();
    const folder = dirname(chip.flash);
    const line = `unix:${workshop.folder.join("line.sock")}`;
    const powered = touchmark("device", "emulate", folder, "--button", "--serial", line, "--detach");
    expect(powered.status, powered.stderr).to.equal(0);
    const twice = touchmark("device", "emulate", folder, "--detach");
    try {
      expect(twice.status).to.equal(1);
      expect(twice.stderr).to.match(/^FILE_BUSY: .*\n.*powered\.pid\n +pid: [0-9]+$/m);
      const words = ["device", "claim", line, "--token", `${token}`, "--owner", owner];
      const waiting = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "ignore", "pipe"] });
      const ended = once(waiting, "close");
      const [asked] = (await once(createInterface(waiting.stderr), "line")) as [string];
      expect(asked).to.contain("press the unit's button");
      const press = touchmark("device", "press", folder, "--seconds", "1");
      expect(press.status, press.stderr).to.equal(0);
      expect(await ended).to.deep.equal([0, null]);
      const released = touchmark(...words, "--wait", "0");
      expect(released.status).to.equal(1);
      expect(released.stderr).to.match(/PRESENCE_REQUIRED/);
    } finally {
      process.kill(-(JSON.parse(powered.stdout) as { pid: number }).pid, "SIGKILL");
    }
    expect(touchmark("device", "press", folder).stderr).to.match(/SERIAL_PORT/);
  });
});
