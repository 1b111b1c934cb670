// SPDX-License-Identifier: Apache-2.0
// Envelopes, manifests and signatures of other projects, which a unit must refuse by name: whole, and each part in the
// place of ours in a bundle that is right otherwise. TypeScript and the device's code give the same verdict.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "cbor2";
import { expect } from "chai";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { withSpoil } from "../../protocol/vectors/cases/change.ts";
import { bundleOf } from "../../protocol/vectors/lab/make.ts";
import { HONEST } from "../../protocol/vectors/lab/scenario.ts";
import { unitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { hostVerdict } from "../support/proof-vectors.ts";
import { deviceVerdicts, type Question } from "../support/tm-verdict.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const vectors = process.env["TOUCHMARK_VECTORS"] ?? join(ROOT, "../shared/vectors");
const suit = join(vectors, "suit-libcsuit/testfiles");
const cose = join(vectors, "cose-wg");
const AUTHENTICATION = 2;
const MANIFEST = 3;

type Refusals = Readonly<Record<string, number>>;

/** How often each refusal was given, by both verifiers alike. */
function refusals(bundles: readonly Uint8Array[]): Refusals {
  const questions = bundles.map((input): Question => ({ step: "bundle", unit: unitJson(HONEST.unit), input }));
  const counts: Record<string, number> = {};
  for (const [index, device] of deviceVerdicts(questions).entries()) {
    const host = hostVerdict(questions[index] as Question);
    expect(host).to.deep.equal(device);
    counts[host.verdict] = (counts[host.verdict] ?? 0) + 1;
  }
  return counts;
}

const libcsuit = (): Uint8Array[] =>
  readdirSync(suit)
    .filter((name) => name.endsWith(".suit"))
    .map((name) => Uint8Array.from(readFileSync(join(suit, name))));

/** The byte strings under this key of their envelopes; those of severed or unsigned ones have none. */
function parts(key: number): Uint8Array[] {
  return libcsuit().flatMap((envelope) => {
    const item = decode(envelope) as Map<number, unknown> | { contents: Map<number, unknown> };
    const part = (item instanceof Map ? item : item.contents).get(key);
    return part instanceof Uint8Array ? [part] : [];
  });
}

/** What cose-wg's examples give out, each a message of its own. */
const messages = (): Uint8Array[] =>
  ["sign1-tests", "RFC8152"].flatMap((folder) =>
    readdirSync(join(cose, folder)).map((name) => {
      const { output } = JSON.parse(readFileSync(join(cose, folder, name), "utf8")) as { output: { cbor: string } };
      return fromHex(output.cbor.toLowerCase());
    }),
  );

describe("what other projects made", function () {
  this.timeout(60_000);
  const withSuit = existsSync(suit) ? it : it.skip;
  const withCose = existsSync(cose) ? it : it.skip;

  withSuit("D19 libcsuit's envelopes are ENVELOPE_MALFORMED", () => {
    const envelopes = libcsuit();
    expect(envelopes).to.have.length.above(20);
    expect(refusals(envelopes)).to.deep.equal({ ENVELOPE_MALFORMED: envelopes.length });
  });

  withSuit("D23 libcsuit's manifests under our signer's signature are MANIFEST_MALFORMED", () => {
    const manifests = parts(MANIFEST);
    const bundles = manifests.map((manifest) => bundleOf(withSpoil({ manifest: () => manifest })));
    const counts = refusals(bundles);
    expect(manifests).to.have.length.above(20);
    expect(counts).to.deep.equal({ MANIFEST_MALFORMED: manifests.length });
  });

  withSuit("D4 libcsuit's wrappers around our manifest are MANIFEST_DIGEST_MISMATCH, theirs being of another", () => {
    const wrappers = parts(AUTHENTICATION);
    const bundles = wrappers.map((wrapper) => bundleOf(withSpoil({ authentication: () => wrapper })));
    expect(refusals(bundles)).to.deep.equal({ MANIFEST_DIGEST_MISMATCH: wrappers.length });
  });

  withSuit("D19 libcsuit's signatures and MACs in our wrapper are COSE_ALGORITHM, or no COSE_Sign1 at all", () => {
    const blocks = parts(AUTHENTICATION).flatMap((wrapper) => decode<Uint8Array[]>(wrapper).slice(1));
    const counts = refusals(blocks.map((block) => bundleOf(withSpoil({ cose: () => block }))));
    expect(counts).to.have.all.keys("COSE_ALGORITHM", "COSE_MALFORMED");
    expect(counts["COSE_ALGORITHM"]).to.be.above(15);
  });

  withCose("D19 cose-wg's messages are no signature of a release: another algorithm, or no COSE_Sign1 of ours", () => {
    const counts = refusals(messages().map((message) => bundleOf(withSpoil({ cose: () => message }))));
    expect(counts).to.have.all.keys("COSE_ALGORITHM", "COSE_MALFORMED");
  });
});
