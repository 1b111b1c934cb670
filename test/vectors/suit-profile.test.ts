// SPDX-License-Identifier: Apache-2.0
// Our envelope, read by a SUIT processor that knows nothing of us: cbor2's decoder and the draft's own numbers. It can
// read all of it, and it has to stop at our condition, before the fetch.
import { createHash } from "node:crypto";
import { decode, encode, type Tag } from "cbor2";
import { expect } from "chai";
import { bundleOf } from "../../protocol/vectors/lab/make.ts";
import { HONEST } from "../../protocol/vectors/lab/scenario.ts";

type Value = number | string | null | Uint8Array | readonly Value[] | ReadonlyMap<Value, Value>;
type Section = ReadonlyMap<Value, Value>;

// draft-ietf-suit-manifest-34, section 11 (IANA).
const ENVELOPE = { tag: 107, authentication: 2, manifest: 3 };
const MANIFEST = { version: 1, sequence: 2, common: 3, validate: 7, invoke: 9, install: 20 };
const COMMON = { components: 2, sharedSequence: 4 };
const COMMAND = { vendor: 1, class: 2, imageMatch: 3, override: 20, fetch: 21, invoke: 23 };
const PARAMETER = { vendor: 1, class: 2, digest: 3, size: 14, uri: 21 };
const SHA256 = -16;
const COSE_SIGN1 = 18;

const open = (bytes: Value | undefined): Value => decode(bytes as Uint8Array, { rejectDuplicateKeys: true }) as Value;
const section = (bytes: Value | undefined): Section => open(bytes) as Section;

/** A processor of the draft: it keeps parameters, answers conditions, and reports what it does not know. */
class Processor {
  readonly done: string[] = [];
  readonly parameters = new Map<Value, Value>();

  /** False where it has to abort: section 6.2, an unknown command. */
  run(sequence: Value): boolean {
    const items = sequence as readonly Value[];
    for (let at = 0; at < items.length; at += 2) {
      const [command, argument] = [items[at] as number, items[at + 1]];
      const name = Object.entries(COMMAND).find(([, number]) => number === command)?.[0];
      if (name === undefined) {
        this.done.push(`abort at ${command}`);
        return false;
      }
      if (name === "override") for (const [key, value] of argument as Section) this.parameters.set(key, value);
      else this.done.push(name);
    }
    return true;
  }
}

describe("an independent SUIT processor", () => {
  const bundle = bundleOf(HONEST);
  const tagged = decode(bundle) as Tag;
  const envelope = tagged.contents as Section;
  const manifest = section(envelope.get(ENVELOPE.manifest));
  const common = section(manifest.get(MANIFEST.common));

  it("reads our envelope's parts, and payloads under the names that the manifest gives them", () => {
    expect(tagged.tag).to.equal(ENVELOPE.tag);
    expect([...envelope.keys()]).to.deep.equal([ENVELOPE.authentication, ENVELOPE.manifest, "#chain", "#firmware"]);
    expect([...manifest.keys()]).to.deep.equal(Object.values(MANIFEST));
    expect(manifest.get(MANIFEST.version)).to.equal(1);
    expect(manifest.get(MANIFEST.sequence)).to.equal(HONEST.release.manifest.sequence);
    expect(common.get(COMMON.components)).to.deep.equal([[Uint8Array.of(0)]]);
  });

  it("finds the manifest's digest in the wrapper, and a COSE_Sign1 over it", () => {
    const [digest, block] = open(envelope.get(ENVELOPE.authentication)) as readonly Value[];
    const wrapped = encode(envelope.get(ENVELOPE.manifest));
    const found = Uint8Array.from(createHash("sha256").update(wrapped).digest());
    expect(open(digest)).to.deep.equal([SHA256, found]);
    const cose = decode(block as Uint8Array) as Tag;
    expect(cose.tag).to.equal(COSE_SIGN1);
    expect(cose.contents).to.have.length(4);
  });

  it("D23 learns the image's digest and size, and aborts at our condition before it fetches anything", () => {
    const processor = new Processor();
    expect(processor.run(open(common.get(COMMON.sharedSequence)))).to.equal(true);
    expect(processor.run(open(manifest.get(MANIFEST.install)))).to.equal(false);
    expect(processor.done).to.deep.equal(["vendor", "class", "abort at -257"]);
    expect(processor.parameters.get(PARAMETER.uri)).to.equal("#firmware");
    expect(processor.parameters.get(PARAMETER.size)).to.equal(HONEST.release.image.length);
    const [algorithm, digest] = open(processor.parameters.get(PARAMETER.digest)) as readonly Value[];
    const found = Uint8Array.from(createHash("sha256").update(HONEST.release.image).digest());
    expect([algorithm, digest]).to.deep.equal([SHA256, found]);
  });
});
