// SPDX-License-Identifier: Apache-2.0
// A unit in QEMU says what it is; the host judges it, with the chain and without.
import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { expect } from "chai";
import { contractOf } from "../../host/src/demo/license.ts";
import { withCertificates } from "../../host/src/protocol/attestation.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { trustHash } from "../../host/src/protocol/trust-block.ts";
import { proveUnit } from "../../host/src/registry/proof/prove-unit.ts";
import { registeredBlock } from "../../host/src/registry/registered-block.ts";
import { transact } from "../../host/src/registry/transaction.ts";
import { type UnitContracts, unitRecord } from "../../host/src/registry/unit-record.ts";
import { provision } from "../../host/src/station/provision.ts";
import { type AttestedUnit, requireFinished, verifyAttestation } from "../../host/src/verify/attestation.ts";
import { type ChainView, judgeGenuine } from "../../host/src/verify/genuine.ts";
import { describeOnPorts } from "../support/ports.ts";
import { refusal } from "../support/refusal.ts";
import { Workshop } from "../support/workshop.ts";

/** Where a chip's file says that its debug port is closed, and what says that it is open. */
const DEBUG_FUSE = {
  // First mark of PORT_COUNTER_DEBUG's row, of 16 marks of 4 bytes: firmware/ports/emulated/one_time_fields.h.
  virt: { offset: 0x800 + 3 * 16 * 4, open: Buffer.alloc(4, 0xff) },
  // Bits 8 to 15 of word REPEAT0 of block 0, with DIS_USB_JTAG: firmware/ports/esp32c3/one_time.c.
  esp32c3: { offset: 5, open: Buffer.alloc(1) },
} as const;

describeOnPorts("attestation", function (port) {
  this.timeout(120_000);
  let workshop: Workshop;
  let root: Uint8Array;
  const now = (): number => workshop.station.now();

  before(async () => {
    workshop = await Workshop.open(port);
    root = workshop.world.authority.root.certificate.der;
  });
  after(() => workshop[Symbol.asyncDispose]());

  function contracts(): UnitContracts {
    const { chain, license } = workshop.world;
    const of = (part: Parameters<typeof contractOf>[2]) => contractOf(chain, license.deployment, part, "maker");
    return { registry: of("registry"), programme: of("programme"), nodes: of("nodes") };
  }

  const recordOf = ({ manufacturerId, address }: AttestedUnit) => unitRecord(contracts(), manufacturerId, address);
  const chain: ChainView = {
    recordOf,
    blockOf: ({ manufacturerId, address }) => registeredBlock(contracts().registry, manufacturerId, address),
  };

  it("A13 tells the state of a unit before lock and after, debug port and all", async () => {
    await using unit = await workshop.power(workshop.newChip());
    const { client } = unit;
    expect((await refusal(client.attest(randomBytes(32)))).code).to.equal("IDENTITY_ABSENT");
    await provision(workshop.station, client, { serial: "TM1-0001" }, { until: "verify" });
    const { device, line } = await client.certificates();
    const ask = async (nonce: Uint8Array) => withCertificates(await client.attest(nonce), [device, line]);

    const early = verifyAttestation(await ask(randomBytes(32)), { root });
    expect(early.claims).to.include({ life: "enrolled", oemboot: false, debugClosed: false });
    expect(() => requireFinished(early.claims))
      .to.throw()
      .with.property("code", "UNIT_NOT_LOCKED");

    const row = await provision(workshop.station, client, { serial: "TM1-0001" });
    const nonce = randomBytes(32);
    const { claims, ...who } = verifyAttestation(await ask(nonce), { root, nonce });
    requireFinished(claims);
    const { trust, digest, rollback } = await client.state();
    const { manufacturerId, chainId } = trust;
    expect(who).to.deep.equal({ address: row?.address, serial: "TM1-0001", chainId, manufacturerId });
    expect(claims).to.include({ life: "locked", oemboot: true, debugClosed: true, boot: "confirmed", slot: 0 });
    expect(claims).to.include({ version: "1.0.0", securityVersion: 1, rollback, claims: 0, pairs: 0 });
    expect(claims.trustHash).to.deep.equal(trustHash(trust));
    expect(claims.manifestDigest).to.deep.equal(digest);
    expect(claims.floorNumber).to.equal(trust.floorNumber);
    expect(await client.hello()).to.include({ life: "locked", boot: "confirmed", debug: false });
  });

  it("A5 A8 passes for one unit and one nonce, and for a clone of its flash not at all", async () => {
    const chip = workshop.newChip();
    const nonce = randomBytes(32);
    await using unit = await workshop.power(chip);
    await provision(workshop.station, unit.client, { serial: "TM1-0002" });
    const { device, line } = await unit.client.certificates();
    const token = withCertificates(await unit.client.attest(nonce), [device, line]);
    verifyAttestation(token, { root, nonce });
    const late = () => verifyAttestation(token, { root, nonce: randomBytes(32) });
    expect(late).to.throw().with.property("code", "ATTESTATION_NONCE");

    await using clone = await workshop.power(workshop.cloneOf(chip));
    const hello = await clone.client.hello();
    expect(hello).to.include({ trouble: "IDENTITY_FOREIGN" }).and.not.have.property("address");
    expect((await refusal(clone.client.attest(nonce))).code).to.equal("IDENTITY_FOREIGN");
    expect((await refusal(clone.client.certificates())).code).to.equal("IDENTITY_FOREIGN");
    expect((await refusal(clone.client.begin(nonce))).code).to.equal("IDENTITY_FOREIGN");
  });

  it("A13 fails once the fuse of the debug port reads open, locked or not", async () => {
    const chip = workshop.newChip();
    const nonce = randomBytes(32);
    const attested = async () => {
      await using unit = await workshop.power(chip);
      const { device, line } = await unit.client.certificates();
      return withCertificates(await unit.client.attest(nonce), [device, line]);
    };
    {
      await using unit = await workshop.power(chip);
      await provision(workshop.station, unit.client, { serial: "TM1-0004" });
    }
    requireFinished(verifyAttestation(await attested(), { root, nonce }).claims);
    const oneTime = openSync(chip.oneTime, "r+");
    const { offset, open } = DEBUG_FUSE[port];
    writeSync(oneTime, open, 0, open.length, offset);
    closeSync(oneTime);
    const { genuine, findings } = await judgeGenuine(await attested(), { root, nonce }, now(), chain);
    expect(genuine).to.equal(false);
    expect(findings.at(-1)).to.include({ verdict: "FAIL", code: "UNIT_DEBUG_OPEN" });
  });

  it("C5 fails for a unit that was scrapped on chain, whatever the unit says, or a node where witnesses vouch", async () => {
    await using unit = await workshop.power(workshop.newChip());
    const row = await provision(workshop.station, unit.client, { serial: "TM1-0003" });
    const nonce = randomBytes(32);
    const { device, line } = await unit.client.certificates();
    const token = withCertificates(await unit.client.attest(nonce), [device, line]);
    const { trust } = await unit.client.state();
    const { registry } = contracts();
    const reads = { contract: registry, devices: String(registry.target), tokens: registry };
    const proofs = { trust, registry: fromHex(String(registry.target)), sources: workshop.world.federation.sources };
    const proofOf = (who: AttestedUnit) => proveUnit(proofs, reads, who, BigInt(now()));
    const record = await recordOf(verifyAttestation(token, { root, nonce }));
    const before = await judgeGenuine(token, { root, nonce }, now(), { ...chain, proofOf });
    expect(before.genuine, JSON.stringify(before)).to.equal(true);
    expect(before.findings.map(({ says }) => says).join(" ")).to.match(
      /unit TM1-0003.*is proved at block.*license is active.*[Ss]upport/,
    );

    await transact({
      contract: contracts().registry,
      method: "revokeDevice",
      args: [row?.tokenId, `0x${"00".repeat(32)}`],
    });
    const after = await judgeGenuine(token, { root, nonce }, now(), chain);
    expect(after.genuine).to.equal(false);
    expect(after.findings.at(-1)).to.include({ verdict: "FAIL", code: "UNIT_REVOKED" });
    // A node that keeps it to itself is not asked where witnesses vouch.
    const silent = { ...chain, recordOf: async () => record };
    expect((await judgeGenuine(token, { root, nonce }, now(), silent)).genuine).to.equal(true);
    const proved = await judgeGenuine(token, { root, nonce }, now(), { ...silent, proofOf });
    expect(proved.findings.at(-1)).to.include({ verdict: "FAIL", code: "UNIT_REVOKED" });
    const unit3 = verifyAttestation(token, { root, nonce });
    expect((await refusal(recordOf(unit3))).code).to.equal("UNIT_REVOKED");
  });
});
