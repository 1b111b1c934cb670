// SPDX-License-Identifier: Apache-2.0
// One byte of a good bundle changed by hand and uploaded to a locked unit: the code names the part that was changed.
import { expect } from "chai";
import { installRelease } from "../../host/src/device/install-release.ts";
import { decodeAuthentication, decodeBundle } from "../../host/src/protocol/bundle.ts";
import { decodeChain } from "../../host/src/protocol/chain.ts";
import { decodeCoseSign1 } from "../../host/src/protocol/cose-sign1.ts";
import { provision } from "../../host/src/station/provision.ts";
import { verifyBundle } from "../../host/src/verify/bundle.ts";
import { describeOnPorts } from "../support/ports.ts";
import type { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";
import { Workshop } from "../support/workshop.ts";

const SIGNATURE = /^(COSE_SIGNATURE|SIGNATURE_RANGE|SIGNATURE_HIGH_S)$/;
const WITNESS = /^(WITNESS_SIGNATURE|SIGNATURE_RANGE|SIGNATURE_HIGH_S)$/;
const PROOF = /^PROOF_/;

interface Alteration {
  readonly part: string;
  readonly code: RegExp;
  /** Bytes that stand in the bundle once. */
  readonly find: (bundle: Uint8Array) => Uint8Array | undefined;
}

const authenticationOf = (bundle: Uint8Array) => decodeAuthentication(decodeBundle(bundle).authentication);
const coseOf = (bundle: Uint8Array) => decodeCoseSign1(authenticationOf(bundle).cose);
const chainOf = (bundle: Uint8Array) => decodeChain(decodeBundle(bundle).chain);

const alterations: readonly Alteration[] = [
  { part: "manifest", code: /^MANIFEST_DIGEST_MISMATCH$/, find: (bundle) => decodeBundle(bundle).manifest },
  { part: "manifest's digest", code: /^MANIFEST_DIGEST_MISMATCH$/, find: (b) => authenticationOf(b).manifestDigest },
  { part: "OTA certificate", code: /^(CERT_|DER_|PUBLIC_KEY_INVALID$)/, find: (bundle) => coseOf(bundle).certificate },
  { part: "manifest's signature", code: SIGNATURE, find: (bundle) => coseOf(bundle).signature },
  { part: "block header", code: /^(HEADER_MALFORMED|WITNESS_SIGNATURE)$/, find: (bundle) => chainOf(bundle).header },
  { part: "witness's signature", code: WITNESS, find: (bundle) => chainOf(bundle).witnesses[0]?.signature },
  { part: "account proof", code: PROOF, find: (bundle) => chainOf(bundle).account[0] },
  { part: "license proof", code: PROOF, find: (bundle) => chainOf(bundle).license.at(-1) },
  { part: "release proof", code: PROOF, find: (bundle) => chainOf(bundle).release.at(-1) },
  { part: "image", code: /^IMAGE_DIGEST_MISMATCH$/, find: (bundle) => decodeBundle(bundle).payload.bytes },
];

function alter(bundle: Uint8Array, part: Uint8Array, at: number): Uint8Array {
  const altered = Buffer.from(bundle);
  const start = altered.indexOf(part);
  expect(start, "the part stands in the bundle").to.be.at.least(0);
  expect(altered.indexOf(part, start + 1), "once").to.equal(-1);
  altered[start + at] = (altered[start + at] ?? 0) ^ 0x01;
  return Uint8Array.from(altered);
}

describeOnPorts("a bundle altered by hand", function (port) {
  this.timeout(120_000);
  let workshop: Workshop;
  let unit: PoweredUnit;
  let bundle: Uint8Array;

  before(async () => {
    workshop = await Workshop.open(port);
    unit = await workshop.power(workshop.newChip());
    await provision(workshop.station, unit.client, { serial: "FAKE-1" });
    bundle = await workshop.bundle(await workshop.release("1.1.0", 2), unit.client);
  });
  after(async () => {
    await unit[Symbol.asyncDispose]();
    await workshop[Symbol.asyncDispose]();
  });

  for (const { part, code, find } of alterations) {
    it(`D8 is refused by the name of its ${part}, on the unit and on the host`, async () => {
      const bytes = find(bundle) ?? new Uint8Array();
      // An image is looked at to its end, and takes the line for seconds.
      for (const at of part === "image" ? [bytes.length >> 1] : [0, bytes.length >> 1, bytes.length - 1]) {
        const altered = alter(bundle, bytes, at);
        const state = await unit.client.state();
        const refused = await refusal(unit.client.upload(altered));
        expect(refused.code, `byte ${at}`).to.match(code);
        const root = workshop.world.authority.root.certificate.der;
        expect(verifyBundle(state, altered, { root }).verdict, `byte ${at}`).to.equal(refused.code);
        expect(await unit.client.hello()).to.include({ version: "1.0.0", life: "locked" });
      }
    });
  }

  it("D10 is tried once where it is whole, and gone after a reset if nobody confirmed it", async () => {
    const { manifestDigest: digest } = authenticationOf(bundle);
    await unit.client.upload(bundle);
    await unit.client.test(digest);
    await unit.client.reset();
    expect(await unit.client.waitForHello()).to.include({ version: "1.1.0", boot: "trial" });
    await unit.client.reset();
    expect(await unit.client.waitForHello()).to.include({ version: "1.0.0", boot: "reverted" });
  });

  it("is taken once it is whole", async () => {
    expect(await installRelease(unit.client, bundle)).to.include({ version: "1.1.0" });
    expect((await unit.client.images()).find(({ active }) => active)).to.include({ version: "1.1.0", confirmed: true });
  });
});
