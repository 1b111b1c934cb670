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
import { type Account, MIN_STAKE, World } from "./support/world.ts";

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
      await application(await signedMou(world, id, "maker")),
    );
    const { applicant, version } = world.event(receipt, "programme.MouSigned");
    expect([applicant, version]).to.deep.equal([world.address("maker"), 1n]);
    expect(await world.read("programme.mouSignedVersion", id)).to.equal(1n);
  });

  const wrong: [what: string, change: Record<string, unknown>][] = [
    ["another document", { documentHash: ethers.id("another") }],
    ["another version", { version: 2 }],
    ["another applicant", { applicant: ethers.ZeroAddress }],
    ["another node", { manufacturerId: 2 }],
    ["another nonce", { nonce: 7 }],
  ];
  for (const [what, change] of wrong) {
    it(`refuses a signature over ${what}`, async () => {
      const mou = await signedMou(world, id, "maker", change);
      await world.refuses("maker", "programme.applyForLicense", [await application(mou)], "MouSignatureInvalid", [
        world.address("maker"),
      ]);
    });
  }

  it("refuses another's signature and a passed deadline", async () => {
    const rivals = await signedMou(world, id, "rival", { applicant: world.address("maker") });
    await world.refuses("maker", "programme.applyForLicense", [await application(rivals)], "MouSignatureInvalid");
    const late = await signedMou(world, id, "maker", { deadline: (await now()) - DAY });
    await world.refuses("maker", "programme.applyForLicense", [await application(late)], "MouSignatureExpired");
  });

  it("C11 refuses the same message again, also in another encoding of its signature", async () => {
    const mou = await signedMou(world, id, "maker");
    await world.send("maker", "programme.applyForLicense", await application(mou));
    await world.refuses("stranger", "programme.signMou", [id, mou], "MouSignatureInvalid");
    const compact = { ...mou, signature: ethers.Signature.from(mou.signature).compactSerialized };
    await world.refuses("stranger", "programme.signMou", [id, compact], "MouSignatureInvalid");
  });

  it("C11 refuses a signature for another contract", async () => {
    const mou = await signedMou(world, id, "maker");
    const elsewhere = await unlicensedWorld();
    await fund(elsewhere.world, "maker");
    const there = { id: elsewhere.id, payment: allowed(MIN_STAKE), mou };
    await elsewhere.world.refuses("maker", "programme.applyForLicense", [there], "MouSignatureInvalid");
  });

  it("C11 refuses a signature for another node of the same applicant, which stands in no other's way", async () => {
    const ids: bigint[] = [];
    for (const name of ["First Works", "Second Works"]) {
      await world.send("admin", "nodes.mintManufacturer", world.address("admin"), name, []);
      ids.push(await world.read<bigint>("nodes.getManufacturerIdByName", name));
    }
    const [first = 0n, second = 0n] = ids;
    for (const node of ids) await applyFor(world, node, "admin");
    await world.send("licensor", "programme.publishMou", ethers.id("MOU, second edition"));
    const mous = [await signedMou(world, first, "admin"), await signedMou(world, second, "admin")] as const;
    await world.refuses("stranger", "programme.signMou", [second, mous[0]], "MouSignatureInvalid");
    await world.send("stranger", "programme.signMou", first, mous[0]);
    await world.send("stranger", "programme.signMou", second, mous[1]);
    expect(await world.read("programme.mouSignedVersion", second)).to.equal(2n);
  });

  it("asks for a signature of the new version at renewal, not before", async () => {
    const expiry = await grantLicense(world, id, "maker");
    await world.send("licensor", "programme.publishMou", ethers.id("MOU, second edition"));
    expect(await world.read<[bigint]>("programme.standing", id).then(([status]) => status)).to.equal(1n);

    await world.send("maker", "programme.requestRenewal", id);
    await passAudits(world, id, expiry + YEAR);
    await world.refuses("licensor", "programme.renew", [id, expiry + YEAR], "MouOutdated", [id, 1, 2]);
    await world.send("stranger", "programme.signMou", id, await signedMou(world, id, "maker"));
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
    const mou = await signedMou(world, id, "maker");
    await world.refuses("stranger", "programme.signMou", [id, mou], "NotLicensee", [id]);
  });

  it("C13 takes an application whose signature someone else brought first", async () => {
    await grantLicense(world, id, "maker");
    await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
    await world.send("licensor", "programme.publishMou", ethers.id("the MOU's next version"));
    const mou = await signedMou(world, id, "maker");
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

  it("leaves a former licensee his promise of support, and binds the next one by his own alone", async () => {
    const support = async () => {
      const { supportUntil, formerSupportUntil } = await world.read<Record<string, bigint>>("programme.licenseOf", id);
      return [supportUntil, formerSupportUntil].map(Number);
    };
    const hand = async (from: Account, to: Account) => {
      await world.send(from, "nodes.transferFrom", world.address(from), world.address(to), id);
      await applyFor(world, id, to);
    };
    await world.send("admin", "nodes.setController", world.address("rival"));
    await applyFor(world, id, "maker");
    const [long, short] = [(await now()) + 5 * YEAR, (await now()) + 2 * YEAR];
    await world.send("maker", "programme.extendSupport", id, long);
    expect(await support()).to.deep.equal([long, 0]);

    await hand("maker", "rival");
    expect(await support()).to.deep.equal([0, long]);
    const receipt = await world.send("rival", "programme.extendSupport", id, short);
    expect(world.event(receipt, "programme.SupportExtended")).to.deep.equal({
      id,
      licensee: world.address("rival"),
      until: BigInt(short),
    });
    expect(await support()).to.deep.equal([short, long]);

    // What the next one promised does not shorten what the first did.
    await hand("rival", "maker");
    expect(await support()).to.deep.equal([0, long]);
  });

  it("keeps a licensee's promise of support through his own next application", async () => {
    await applyFor(world, id, "maker");
    const until = (await now()) + 3 * YEAR;
    await world.send("maker", "programme.extendSupport", id, until);
    await world.send("maker", "programme.renounce", id);
    await applyFor(world, id, "maker");
    await world.refuses("maker", "programme.extendSupport", [id, until - 1], "SupportNotExtended", [until]);
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
