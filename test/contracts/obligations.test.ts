// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, now, rollBackAfterEach } from "./support/chain.ts";
import {
  allowed,
  applyFor,
  EVIDENCE,
  fund,
  grantLicense,
  handNode,
  passAudits,
  signedMou,
  unlicensedWorld,
  YEAR,
} from "./support/steps.ts";
import { MIN_STAKE, World } from "./support/world.ts";

describe("license text 2: obligations", () => {
  let world: World;
  let id: bigint;

  const application = async (mou: object) => ({ id, payment: allowed(MIN_STAKE), mou });

  before(async () => {
    ({ world, id } = await unlicensedWorld());
    await fund(world, "maker");
  });
  rollBackAfterEach();

  it("records the applicant's signature of the document in force", async () => {
    const receipt = await world.send(
      "maker",
      "programme.applyForLicense",
      await application(await signedMou(world, "maker")),
    );
    const { applicant, version } = world.event(receipt, "programme.MouSigned");
    expect([applicant, version]).to.deep.equal([world.address("maker"), 1n]);
    expect(await world.read("programme.mouSignedVersion", id)).to.equal(1n);
  });

  const wrong: [what: string, change: Record<string, unknown>][] = [
    ["another document", { documentHash: ethers.id("another") }],
    ["another version", { version: 2 }],
    ["another applicant", { applicant: ethers.ZeroAddress }],
    ["another nonce", { nonce: 7 }],
  ];
  for (const [what, change] of wrong) {
    it(`refuses a signature over ${what}`, async () => {
      const mou = await signedMou(world, "maker", change);
      await world.refuses("maker", "programme.applyForLicense", [await application(mou)], "MouSignatureInvalid", [
        world.address("maker"),
      ]);
    });
  }

  it("refuses another's signature and a passed deadline", async () => {
    const rivals = await signedMou(world, "rival", { applicant: world.address("maker") });
    await world.refuses("maker", "programme.applyForLicense", [await application(rivals)], "MouSignatureInvalid");
    const late = await signedMou(world, "maker", { deadline: (await now()) - DAY });
    await world.refuses("maker", "programme.applyForLicense", [await application(late)], "MouSignatureExpired");
  });

  it("C11 refuses the same message again, also in another encoding of its signature", async () => {
    const mou = await signedMou(world, "maker");
    await world.send("maker", "programme.applyForLicense", await application(mou));
    await world.refuses("stranger", "programme.signMou", [id, mou], "MouSignatureInvalid");
    const compact = { ...mou, signature: ethers.Signature.from(mou.signature).compactSerialized };
    await world.refuses("stranger", "programme.signMou", [id, compact], "MouSignatureInvalid");
  });

  it("C11 refuses a signature for another contract", async () => {
    const mou = await signedMou(world, "maker");
    const elsewhere = await unlicensedWorld();
    await fund(elsewhere.world, "maker");
    const there = { id: elsewhere.id, payment: allowed(MIN_STAKE), mou };
    await elsewhere.world.refuses("maker", "programme.applyForLicense", [there], "MouSignatureInvalid");
  });

  it("asks for a signature of the new version at renewal, not before", async () => {
    const expiry = await grantLicense(world, id, "maker");
    await world.send("licensor", "programme.publishMou", ethers.id("MOU, second edition"));
    expect(await world.read<[bigint]>("programme.standing", id).then(([status]) => status)).to.equal(1n);

    await world.send("maker", "programme.requestRenewal", id);
    await passAudits(world, id, expiry + YEAR);
    await world.refuses("licensor", "programme.renew", [id, expiry + YEAR], "MouOutdated", [id, 1, 2]);
    await world.send("stranger", "programme.signMou", id, await signedMou(world, "maker"));
    await world.send("licensor", "programme.renew", id, expiry + YEAR);
  });

  it("refuses to publish an empty document, and to apply before one is published", async () => {
    await world.refuses("licensor", "programme.publishMou", [ethers.ZeroHash], "ZeroDocumentHash");
    const early = await World.deploy();
    const node = await handNode(early, "Acme Motors", "maker");
    await fund(early, "maker");
    const unsigned = { id: node, payment: allowed(MIN_STAKE), mou: { deadline: await now(), signature: "0x" } };
    await early.refuses("maker", "programme.applyForLicense", [unsigned], "MouNotPublished");
  });

  it("takes a signature for a licensee alone", async () => {
    const mou = await signedMou(world, "maker");
    await world.refuses("stranger", "programme.signMou", [id, mou], "NotLicensee", [id]);
  });

  it("C13 takes an application whose signature someone else brought first", async () => {
    await grantLicense(world, id, "maker");
    await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
    await world.send("licensor", "programme.publishMou", ethers.id("the MOU's next version"));
    const mou = await signedMou(world, "maker");
    await world.send("stranger", "programme.signMou", id, mou);
    await world.send("maker", "programme.applyForLicense", { id, payment: allowed(0n), mou });
  });

  it("takes no promise of support from a licensee who has given the node away", async () => {
    await applyFor(world, id, "maker");
    await world.send("admin", "nodes.setController", world.address("rival"));
    await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("rival"), id);
    const until = (await now()) + YEAR;
    await world.refuses("maker", "programme.extendSupport", [id, until], "NotEntitledOwner", [
      id,
      world.address("maker"),
    ]);
  });

  it("lets support only be extended, by the licensee", async () => {
    await applyFor(world, id, "maker");
    const until = (await now()) + 3 * YEAR;
    await world.refuses("rival", "programme.extendSupport", [id, until], "NotLicensee");
    await world.send("maker", "programme.extendSupport", id, until);
    await world.refuses("maker", "programme.extendSupport", [id, until], "SupportNotExtended", [until, until]);
    await world.refuses("maker", "programme.extendSupport", [id, until - 1], "SupportNotExtended");
    expect((await world.read<{ supportUntil: bigint }>("programme.licenseOf", id)).supportUntil).to.equal(
      BigInt(until),
    );
  });
});
