// SPDX-License-Identifier: Apache-2.0
// One byte of a good bundle changed by hand and uploaded to a locked unit: the code names the part that was changed.
import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { installSmallest } from "../../host/src/device/install-release.ts";
import { decodeAuthentication, decodeBundle } from "../../host/src/protocol/bundle.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { decodeChain } from "../../host/src/protocol/chain.ts";
import { decodeCoseSign1 } from "../../host/src/protocol/cose-sign1.ts";
import { flash } from "../../host/src/protocol/generated.ts";
import { sha256 } from "../../host/src/protocol/secp256k1.ts";
import { withDelta } from "../../host/src/release/delta/make-delta.ts";
import { provision } from "../../host/src/station/provision.ts";
import { verifyBundle } from "../../host/src/verify/bundle.ts";
import { ATTACKS, writeSlowly } from "../support/hostile-client.ts";
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
  let chip: ChipFiles;
  let unit: PoweredUnit;
  let bundle: Uint8Array;

  before(async () => {
    workshop = await Workshop.open(port);
    chip = workshop.newChip();
    unit = await workshop.power(chip);
    await provision(workshop.station, unit.client, { serial: "FAKE-1" });
    bundle = await workshop.bundle(await workshop.release("1.1.0", 2), unit.client);
  });
  after(async () => {
    await unit[Symbol.asyncDispose]();
    await workshop[Symbol.asyncDispose]();
  });

  /** What an upload that never passed the gate must not touch. */
  function kept({ flash: file }: ChipFiles): string[] {
    const bytes = readFileSync(file);
    const regions = Object.entries(flash[port].regions).filter(([name]) => name !== "staging" && name !== "progress");
    return regions.map(([name, at]) => `${name} ${toHex(sha256(bytes.subarray(at.offset, at.offset + at.bytes)))}`);
  }

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

  it("D12 is tried once where it is whole, and gone after a reset if nobody confirmed it", async () => {
    const { manifestDigest: digest } = authenticationOf(bundle);
    await unit.client.upload(bundle);
    await unit.client.test(digest);
    await unit.client.reset();
    expect(await unit.client.waitForHello()).to.include({ version: "1.1.0", boot: "trial" });
    await unit.client.reset();
    expect(await unit.client.waitForHello()).to.include({ version: "1.0.0", boot: "reverted" });
  });

  it("A7 D6 D22 a hostile client leaves no trace, and the unit answers", async () => {
    const before = { images: await unit.client.images(), state: await unit.client.state(), flash: kept(chip) };
    for (const [name, writes] of Object.entries(ATTACKS)) {
      for (const bytes of writes) await unit.line.write(bytes);
      expect(await unit.client.waitForHello(), name).to.include({ version: "1.0.0", life: "locked" });
    }
    const answered = new Promise<void>((resolve) => unit.line.onData(() => resolve()));
    await writeSlowly((bytes) => unit.line.write(bytes), 2);
    await answered;
    const after = { images: await unit.client.images(), state: await unit.client.state(), flash: kept(chip) };
    expect(after).to.deep.equal(before);
  });

  it("D26 is taken once it is whole, and instead of a delta whose base the unit does not run", async () => {
    const base = Uint8Array.from(workshop.first.image, (byte, at) => (at === 1_000 ? byte ^ 1 : byte));
    const delta = withDelta(decodeBundle(bundle), base);
    const { hello, by } = await installSmallest(unit.client, { bundle, delta });
    expect([hello.version, by]).to.deep.equal(["1.1.0", "bundle"]);
    expect((await unit.client.images()).find(({ active }) => active)).to.include({ version: "1.1.0", confirmed: true });
  });
});
