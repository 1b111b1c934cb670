// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { AUDITORS, applyFor, auditRecord, passAudits, QUOTA, unlicensedWorld, YEAR } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const KINDS = ["hardware", "security", "customer experience"] as const;

describe("license text 3: audits", () => {
  let world: World;
  let id: bigint;
  let expiry: number;

  const grant = () => ({ id, expiry, quota: QUOTA });

  before(async () => {
    ({ world, id } = await unlicensedWorld());
    await applyFor(world, id, "maker");
    expiry = (await now()) + YEAR;
  });
  rollBackAfterEach();

  it("records result, evidence and end, and grants with all three", async () => {
    await passAudits(world, id, expiry);
    const audit = await world.read<{ auditor: string; validUntil: bigint; passed: boolean }>(
      "programme.auditOf",
      id,
      1,
    );
    expect([audit.auditor, audit.validUntil, audit.passed]).to.deep.equal([
      world.address("securityAuditor"),
      BigInt(expiry),
      true,
    ]);
    await world.send("licensor", "programme.grant", grant());
    expect((await world.read<[bigint]>("programme.standing", id))[0]).to.equal(1n);
  });

  for (const [kind, what] of KINDS.entries()) {
    const auditor = AUDITORS[kind] ?? "stranger";

    it(`grants nothing without the ${what} audit`, async () => {
      for (const [other, name] of AUDITORS.entries())
        if (other !== kind) await world.send(name, "programme.recordAudit", auditRecord(id, other, expiry));
      await world.refuses("licensor", "programme.grant", [grant()], "AuditMissing", [id, kind]);
    });

    it(`grants nothing with a failed ${what} audit, also where an earlier one passed`, async () => {
      await passAudits(world, id, expiry);
      await world.send(auditor, "programme.recordAudit", auditRecord(id, kind, expiry, false));
      await world.refuses("licensor", "programme.grant", [grant()], "AuditFailed", [id, kind]);
    });

    it(`grants nothing beyond the end of the ${what} audit`, async () => {
      await passAudits(world, id, expiry);
      await world.send(auditor, "programme.recordAudit", auditRecord(id, kind, expiry - 1));
      await world.refuses("licensor", "programme.grant", [grant()], "AuditTooShort", [id, kind, expiry - 1]);
    });

    it(`lets only its own auditor record a ${what} audit`, async () => {
      for (const name of [...AUDITORS, "licensor", "admin", "maker", "stranger"] as const)
        if (name !== auditor)
          await world.refuses(name, "programme.recordAudit", [auditRecord(id, kind, expiry)], "NotAuditor", [
            kind,
            world.address(name),
          ]);
    });
  }

  it("refuses an audit that has ended or that states no evidence", async () => {
    const ended = auditRecord(id, 0, await now());
    await world.refuses("hardwareAuditor", "programme.recordAudit", [ended], "AuditEnded", [0]);
    const unproved = { ...auditRecord(id, 0, expiry), evidence: ethers.ZeroHash };
    await world.refuses("hardwareAuditor", "programme.recordAudit", [unproved], "ZeroEvidence");
  });

  it("keeps applicant and auditor apart", async () => {
    await world.send("admin", "roles.grantRole", await world.read("roles.auditorRole", 0), world.address("maker"));
    const own = [auditRecord(id, 0, expiry)];
    await world.refuses("maker", "programme.recordAudit", own, "AuditOfOwnLicense", [id, world.address("maker")]);
    // Nor does an auditor who has become the node's owner audit its last license.
    await world.send("admin", "nodes.setController", world.address("hardwareAuditor"));
    const handOn = [world.address("maker"), world.address("hardwareAuditor"), id];
    await world.send("maker", "nodes.transferFrom", ...handOn);
    await world.refuses("hardwareAuditor", "programme.recordAudit", own, "AuditOfOwnLicense");
  });

  it("keeps licensor, admin and auditor apart at every moment", async () => {
    const licensor = await world.read("roles.LICENSOR");
    const hardware = await world.read("roles.auditorRole", 0);
    const apart: [role: unknown, account: (typeof AUDITORS)[number] | "licensor" | "admin"][] = [
      ...AUDITORS.map((auditor): [unknown, typeof auditor] => [licensor, auditor]),
      [hardware, "licensor"],
      [hardware, "admin"],
    ];
    for (const [role, account] of apart)
      await world.refuses("admin", "roles.grantRole", [role, world.address(account)], "AuditorNotIndependent", [
        world.address(account),
      ]);

    await world.send("admin", "roles.beginDefaultAdminTransfer", world.address("hardwareAuditor"));
    await pass(3 * DAY);
    await world.refuses("hardwareAuditor", "roles.acceptDefaultAdminTransfer", [], "AuditorNotIndependent");
  });

  it("starts anew with each application", async () => {
    await passAudits(world, id, expiry);
    await world.send("licensor", "programme.refuse", id, ethers.ZeroHash);
    await applyFor(world, id, "maker");
    await world.refuses("licensor", "programme.grant", [grant()], "AuditMissing", [id, 0]);
  });

  it("asks for audits in date again at renewal", async () => {
    await passAudits(world, id, expiry);
    await world.send("licensor", "programme.grant", grant());
    await world.send("maker", "programme.requestRenewal", id);
    await world.refuses("licensor", "programme.renew", [id, expiry + 1], "AuditTooShort", [id, 0, expiry]);
  });
});
