// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { issueLine } from "../../host/src/authority/authority.ts";
import { publishCrl } from "../../host/src/authority/publish-crl.ts";
import { newSigner } from "../../host/src/demo/authority.ts";
import type { DemoPort } from "../../host/src/demo/firmware.ts";
import { contractOf } from "../../host/src/demo/license.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import type { UnitClient } from "../../host/src/device/unit-client.ts";
import { Ledger } from "../../host/src/ledger/ledger.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { flash } from "../../host/src/protocol/generated.ts";
import { encodeTrustBlock } from "../../host/src/protocol/trust-block.ts";
import { TouchmarkBackend } from "../../host/src/registry/backend/touchmark.ts";
import { findDevice } from "../../host/src/registry/register.ts";
import { claimFromRoot } from "../../host/src/registry/roots/claim-root.ts";
import { commitRoot } from "../../host/src/registry/roots/commit-root.ts";
import { enterBatch, waitingUnits } from "../../host/src/registry/roots/ledger-units.ts";
import { rootFile } from "../../host/src/registry/roots/root-file.ts";
import { openLine } from "../../host/src/station/line.ts";
import { provision } from "../../host/src/station/provision.ts";
import { enroll } from "../../host/src/station/steps/enroll.ts";
import { qemuBench } from "../../scripts/unplug/bench.ts";
import { UnplugCampaign } from "../../scripts/unplug/campaign.ts";
import { OpensslFolder } from "../support/openssl.ts";
import { describeOnPorts } from "../support/ports.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";
import { stopped } from "../support/stopped-witness.ts";
import { Workshop } from "../support/workshop.ts";

const digestOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Of the regions that hold identity and trust. */
function cellsOf(port: DemoPort, chip: ChipFiles): string {
  const { regions } = flash[port];
  const bytes = readFileSync(chip.flash);
  const cell = ({ offset, size }: { offset: number; size: number }) => bytes.subarray(offset, offset + size);
  const cells = [regions.identity0, regions.identity1, regions.moving0, regions.moving1].map(cell);
  return createHash("sha256").update(Buffer.concat(cells)).digest("hex");
}

describeOnPorts("provisioning", function (port) {
  this.timeout(120_000);
  let workshop: Workshop;
  let serials = 0;
  const nextOrder = () => ({ serial: `TM1-${String(++serials).padStart(4, "0")}` });

  /** Certificates of another line of the same root, and its key. */
  async function nextLine() {
    const { root } = workshop.world.authority;
    const signer = newSigner();
    const now = workshop.station.now();
    const next = { station: "next line", publicKey: signer.publicKey, units: 10, now, days: 30 };
    return [[(await issueLine(next, root)).der, root.certificate.der], signer] as const;
  }

  async function powered<T>(chip: ChipFiles, use: (client: PoweredUnit["client"]) => Promise<T>): Promise<T> {
    await using unit = await workshop.power(chip);
    return await use(unit.client);
  }

  before(async () => {
    workshop = await Workshop.open(port);
  });
  after(() => workshop[Symbol.asyncDispose]());

  it("C5 takes a blank unit to a locked one with a node, proved first where it has to be, and a chain that OpenSSL accepts", async () => {
    const { station, world } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const steps: string[] = [];
    const order = nextOrder();
    const witnesses = world.federation.sources.witnesses.map(stopped);
    for (const { statement } of witnesses) await statement(NO_CHALLENGE);
    const deaf = {
      ...station,
      proofs: { ...station.proofs, witnesses },
      proveRegistration: { poll: 10, patience: 30 },
    };
    const unproved = await refusal(provision(deaf, unit.client, order, { until: "register" }));
    expect(unproved.code).to.equal("REGISTRATION_NOT_PROVED");
    expect(station.ledger.units.bySerial(order.serial)).to.include({ state: "verified" });
    const proving = { ...station, proveRegistration: { poll: 10, patience: 9_000 } };
    const row = await provision(proving, unit.client, order, { onStep: (step) => steps.push(step) });
    expect(steps).to.deep.equal(["identify", "certify", "enroll", "verify", "register", "lock"]);
    expect(row).to.include({ state: "locked", serial: order.serial });
    const device = await findDevice(station.registry, world.license.manufacturerId, row?.address ?? "");
    expect(device?.tokenId).to.equal(row?.tokenId);
    expect(await unit.client.hello()).to.include({ life: "locked", address: row?.address });
    using openssl = new OpensslFolder();
    const path = [row?.certificate ?? new Uint8Array(), station.line.certificate.der, station.line.root.der];
    expect(openssl.verify(path, station.now()).output).to.match(/OK/);
  });

  it("refuses a model without a hardware certificate, says why, and registers nothing", async () => {
    const { station, world } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    const error = await refusal(provision({ ...station, hardwareModel: "TM-9" }, unit.client, order));
    expect(error.code).to.equal("MODEL_NOT_CERTIFIED");
    expect(error.data).to.include({ model: "TM-9", why: "never certified, withdrawn, or of a former application" });
    expect(station.ledger.units.bySerial(order.serial)).to.equal(undefined);
    const { address } = await unit.client.hello();
    const node = address && (await findDevice(station.registry, world.license.manufacturerId, address));
    expect(node).to.equal(undefined);
  });

  it("D24 does not enroll a unit for which the root's key is a witness's, too", async () => {
    const { station, world } = workshop;
    const chip = workshop.newChip();
    const witnesses = world.trust.witnesses.with(0, world.authority.root.certificate.publicKey);
    const image = readFileSync(chip.flash);
    image.set(encodeTrustBlock({ ...world.trust, witnesses }), flash[port].regions.moving0.offset);
    writeFileSync(chip.flash, image);
    await powered(chip, async (client) => {
      expect((await refusal(provision(station, client, nextOrder()))).code).to.equal("KEY_REFUSED");
      expect(await client.hello()).to.include({ life: "born" });
    });
  });

  it("A3 changes nothing on a locked unit, and gives it no other key", async () => {
    const { station } = workshop;
    const chip = workshop.newChip();
    const order = nextOrder();
    const row = await powered(chip, (client) => provision(station, client, order));
    // The first start after lock raises the rollback counter to the running release's security version.
    await powered(chip, (client) => client.hello());
    const before = cellsOf(port, chip);
    const oneTime = digestOf(chip.oneTime);
    await powered(chip, async (client) => {
      expect(await provision(station, client, order)).to.deep.equal(row);
      expect((await refusal(client.begin(new Uint8Array(32).fill(1)))).code).to.equal("LOCKED");
      expect((await refusal(client.csr())).code).to.equal("LOCKED");
    });
    expect(cellsOf(port, chip)).to.equal(before);
    expect(digestOf(chip.oneTime)).to.equal(oneTime);
  });

  it("locks a unit without a node for a batch root, mints it none beside the batch, and ends its row after its claim", async () => {
    const { station, world } = workshop;
    const { chain, license } = world;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    const row = await provision(station, unit.client, order, { batch: true });
    const { life, address = "" } = await unit.client.hello();
    expect([row?.state, row?.tokenId, life]).to.deep.equal(["verified", undefined, "locked"]);
    const [waiting] = waitingUnits(station.ledger, station.hardwareModel).filter((each) => each.address === address);
    if (!waiting) throw new Error("not waiting");
    const { manufacturerId } = license;
    const place = {
      chainId: chain.chainId,
      registry: fromHex(license.deployment.registry),
      manufacturerId,
      batchId: 1n,
    };
    const file = rootFile(place, station.hardwareModel, [waiting]);
    const contractOfUs = (part: "registry" | "programme" | "nodes") =>
      contractOf(chain, license.deployment, part, "maker");
    const [registry, programme, nodes] = [contractOfUs("registry"), contractOfUs("programme"), contractOfUs("nodes")];
    const backend = new TouchmarkBackend({ registry, programme, nodes });
    const now = BigInt((await chain.provider.getBlock("latest"))?.timestamp ?? 0);
    await commitRoot(backend, file, { account: chain.accounts.maker.address, now });
    enterBatch(station.ledger, file, station.now());
    expect((await refusal(provision(station, unit.client, order))).code).to.equal("LEDGER_CONFLICT");
    expect(await findDevice(station.registry, manufacturerId, address)).to.equal(undefined);
    expect(await provision(station, unit.client, order, { batch: true })).to.deep.include({ state: "verified" });

    const owner = chain.accounts.treasury.address;
    const deadline = now + 86_400n;
    const [token, limits] = [BigInt(address), { nonce: 0n, deadline }];
    const ask = async () => `0x${toHex(await unit.client.consent({ kind: "claim", token, owner, limits }))}`;
    const claimed = await claimFromRoot({ backend, chainId: chain.chainId, ask }, file, { address, owner, deadline });
    expect(claimed).to.include({ claimed: true, owner, tokenId: token });
    expect(await provision(station, unit.client, order)).to.deep.include({ state: "locked", tokenId: token });
  });

  it("A5 a clone of a provisioned unit's flash has no identity on another chip", async () => {
    const chip = workshop.newChip();
    await powered(chip, (client) => provision(workshop.station, client, nextOrder()));
    const clone = workshop.cloneOf(chip);
    await powered(clone, async (client) => {
      const hello = await client.hello();
      expect(hello.address).to.equal(undefined);
      const asked = await refusal(
        client.verify(
          { nonce: new Uint8Array(32), chipId: hello.chipId, certificate: new Uint8Array() },
          new Uint8Array(33),
        ),
      );
      expect(asked.code).to.be.oneOf(["IDENTITY_FOREIGN", "IDENTITY_ABSENT", "LIFE_STATE"]);
    });
  });

  // QEMU's flash chips refuse to write; those of Espressif's QEMU cannot be made to.
  if (port === "virt")
    it("A18 a worn flash is told by name in each step that writes, and nothing of the step stays", async () => {
      const { station } = workshop;
      const chip = workshop.newChip();
      const order = nextOrder();
      const standing = async (client: PoweredUnit["client"]) => {
        const { chipId, life, address } = await client.hello();
        return { life, address, row: station.ledger.units.byChip(chipId) };
      };
      for (const [before, step, life] of [
        ["identify", "certify", "blank"],
        ["certify", "enroll", "born"],
        ["register", "lock", "enrolled"],
      ] as const) {
        const stood = await powered(chip, async (client) => {
          await provision(station, client, order, { until: before });
          return await standing(client);
        });
        const flash = digestOf(chip.flash);
        await using worn = await PoweredUnit.on(chip, (files) => startQemu(files, { worn: true }));
        expect((await refusal(provision(station, worn.client, order))).code, step).to.equal("FLASH_WRITE");
        expect(await standing(worn.client), step).to.deep.equal({ ...stood, life });
        expect(digestOf(chip.flash), step).to.equal(flash);
        const { chipId } = await worn.client.hello();
        const failed = { what: "failed", data: { step, code: "FLASH_WRITE" } };
        expect(station.ledger.events.of(chipId).at(-1)).to.deep.include(failed);
      }
      expect(await powered(chip, (client) => provision(station, client, order))).to.include({ state: "locked" });
    });

  // One cut in each step that changes the unit; npm run unplug -- --machine qemu takes 500 at random.
  if (port === "virt")
    it("A4 A6 is finished by a rerun after an unplug, with one key, one certificate and one node", async () => {
      const campaign = await UnplugCampaign.on(await qemuBench(workshop));
      await campaign.unplug({ step: "certify", direction: "fromUnit", byte: 100 });
      await campaign.unplug({ step: "enroll", direction: "toUnit", byte: 1_000 });
      await campaign.unplug({ step: "lock", direction: "fromUnit", byte: 10 });
      expect(await campaign.result()).to.deep.include({ cuts: 3, units: 3, failures: [] });
    });

  it("A15 a certificate for another unit is refused, and the cables' swap named", async () => {
    const { station } = workshop;
    await using first = await workshop.power(workshop.newChip());
    await using second = await workshop.power(workshop.newChip());
    const orders = [nextOrder(), nextOrder()] as const;
    await provision(station, first.client, orders[0], { until: "certify" });
    await provision(station, second.client, orders[1], { until: "certify" });
    const { chipId } = await first.client.hello();
    const swapped = provision(station, second.client, { ...orders[0], chipId });
    expect((await refusal(swapped)).code).to.equal("WRONG_UNIT");
    // Without a chip id in the order the ledger knows the serial number of the unit on the cable.
    const { code, data } = await refusal(provision(station, second.client, orders[0]));
    expect({ code, serial: data["serial"] }).to.deep.equal({ code: "LEDGER_CONFLICT", serial: orders[1].serial });

    const certificate = station.ledger.units.byChip(chipId)?.certificate ?? new Uint8Array();
    const before = await second.client.state();
    const job = { station, unit: second.client, order: orders[1], hello: await second.client.hello() };
    expect((await refusal(enroll(job, certificate))).code).to.equal("CERT_KEY_MISMATCH");
    expect(await second.client.state()).to.deep.equal(before);
    expect((await provision(station, second.client, orders[1]))?.state).to.equal("locked");
  });

  it("A16 goes on after a crash of the station between certificate and unit, with the same certificate", async () => {
    const { station, folder } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    const issued = await provision(station, unit.client, order, { until: "certify" });
    using ledger = new Ledger(folder.join("ledger.sqlite"));
    const row = await provision({ ...station, ledger }, unit.client, order);
    expect(row).to.include({ state: "locked", certificateSerial: issued?.certificateSerial });
    // The ledger is an old backup's: the unit's own word takes its row on.
    const file = new DatabaseSync(folder.join("ledger.sqlite"));
    file.exec(`UPDATE units SET state = 'issued', token_id = NULL WHERE chip_id = '${row?.chipId}'`);
    file.close();
    expect(await provision(station, unit.client, order)).to.include({ state: "locked", tokenId: row?.tokenId });
  });

  it("A1 registers nothing on the word of hello: what says that it is locked has to attest it", async () => {
    const { station, world } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    const row = await provision(station, unit.client, order, { until: "certify" });
    const address = row?.address ?? "";
    const liar = new Proxy(unit.client, {
      get: (client, name) => {
        if (name === "waitForHello" || name === "hello")
          return async () => ({ ...(await client.hello()), life: "locked", address });
        const member = client[name as keyof UnitClient] as unknown;
        return typeof member === "function" ? member.bind(client) : member;
      },
    });
    expect((await refusal(provision(station, liar, order))).code).to.be.oneOf(["LIFE_STATE", "IDENTITY_ABSENT"]);
    expect(await findDevice(station.registry, world.license.manufacturerId, address)).to.equal(undefined);
    expect(station.ledger.units.byAddress(address)?.state).to.equal("enrolled");
  });

  it("enrolls no unit that trusts others than the factory image says, and locks none", async () => {
    const { station, world } = workshop;
    const chip = workshop.newChip();
    const foreign = { ...world.trust, recoveryThreshold: 1, recoveryKeys: [newSigner().publicKey] };
    const bytes = readFileSync(chip.flash);
    bytes.set(encodeTrustBlock(foreign), flash[port].regions.moving0.offset);
    writeFileSync(chip.flash, bytes);
    await using unit = await workshop.power(chip);
    const order = nextOrder();
    const error = await refusal(provision(station, unit.client, order));
    expect(error.code).to.equal("TRUST_FOREIGN");
    expect(error.data["differs"]).to.deep.equal(["recoveryThreshold", "recoveryKeys"]);
    // A station of before, or another's: at this one it stops before lock.
    await provision({ ...station, trust: foreign }, unit.client, order, { until: "verify" });
    expect((await refusal(provision(station, unit.client, order))).code).to.equal("TRUST_FOREIGN");
    const { life, address = "" } = await unit.client.hello();
    expect(life).to.equal("enrolled");
    expect(await findDevice(station.registry, world.license.manufacturerId, address)).to.equal(undefined);
  });

  it("A16 goes on at a station that has another line by now, under the line that certified the unit", async () => {
    const { station } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    await provision(station, unit.client, order, { until: "certify" });
    const [path, signer] = await nextLine();
    const line = openLine(path, signer, station.ledger, station.now());
    const other = { ...station, line, firmwareDigest: new Uint8Array(32) };
    const elsewhere = await refusal(provision(other, unit.client, order));
    expect(elsewhere.data).to.deep.include({ differs: ["firmwareDigest"], expected: "00".repeat(32) });
    expect(elsewhere.remedy).to.contain("the unit runs another release than --release");
    expect((await provision({ ...station, line }, unit.client, order))?.state).to.equal("locked");
  });

  it("B1 takes no unit on whose line was revoked since, unless it was registered before the revocation's block", async () => {
    const { station, world } = workshop;
    const { root } = world.authority;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    await provision(station, unit.client, order, { until: "certify" });
    const [path, signer] = await nextLine();
    const revoked = async (block: bigint) => {
      const { serialNumber } = station.line.certificate;
      const entry = { serialNumber, revokedAt: station.now(), reason: "keyCompromise", block } as const;
      const crl = await publishCrl({ revocations: [entry], number: 1n, now: station.now(), days: 1 }, root);
      return { ...station, line: openLine(path, signer, station.ledger, station.now(), { crl }) };
    };
    const stopped = await refusal(provision(await revoked(1_000_000n), unit.client, order));
    expect(stopped.code).to.equal("CERT_REVOKED");
    const { life, address = "" } = await unit.client.hello();
    expect(life).to.equal("born");
    expect(await findDevice(station.registry, world.license.manufacturerId, address)).to.equal(undefined);
    await provision(station, unit.client, order, { until: "register" });
    expect((await refusal(provision(await revoked(1n), unit.client, order))).code).to.equal("CERT_REVOKED");
    expect((await provision(await revoked(1_000_000n), unit.client, order))?.state).to.equal("locked");
  });

  it("leaves a trace of a failed step, and refuses an enrolment that is not one", async () => {
    const { station } = workshop;
    await using unit = await workshop.power(workshop.newChip());
    const order = nextOrder();
    await provision(station, unit.client, order, { until: "certify" });
    const { chipId } = await unit.client.hello();
    const broken = { ...station, proofs: { ...station.proofs, witnesses: [] } };
    expect((await refusal(provision(broken, unit.client, order))).code).to.equal("WITNESSES_DISAGREE");
    const events = station.ledger.events.of(chipId);
    expect(events.at(-1)).to.deep.include({ what: "failed", data: { step: "enroll", code: "WITNESSES_DISAGREE" } });
    const none = new Uint8Array();
    const empty = unit.client.enroll({ root: none, line: none, device: none, chain: none });
    expect((await refusal(empty)).code).to.match(/MALFORMED|MESSAGE_FIELD/);
  });
});
