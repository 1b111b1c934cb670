// SPDX-License-Identifier: Apache-2.0
// Minting certificates, one a refusal: `scripts/node protocol/vectors/lab/mintings.ts` writes vectors/minting/record.json.
// All is signed anew by the line's fake key, so that each case is refused for its own fault alone.
import { writeFileSync } from "node:fs";
import { publishCrl } from "../../../host/src/authority/publish-crl.ts";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { type CborInput, encode, Tag } from "../../../host/src/protocol/cbor.ts";
import { cose, type ErrorName, mintingRecord } from "../../../host/src/protocol/generated.ts";
import { encodeMintingCertificate } from "../../../host/src/protocol/minting-certificate.ts";
import { imeiHash, mintingDigest, mintingRecordHash } from "../../../host/src/protocol/minting-record.ts";
import { addressOf, sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { fakeAuthority, NOW } from "../../../test/support/fake-authority.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const IMEI = "490154203237518";
const { field, test } = mintingRecord;

type Content = Map<number, CborInput>;

interface Case {
  readonly title: string;
  readonly expect: "ok" | ErrorName;
  readonly certificate: string;
  readonly hash?: string;
  readonly imei?: string;
  readonly crl?: string;
  readonly registeredBlock?: number;
}

const fake = await fakeAuthority();
const other = await fakeAuthority({ keys: "other-" });
const [salt, imeiSalt, report] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const lineHash = sha256(fake.line.certificate.der);

const header = (entries: readonly (readonly [number, CborInput])[]): Uint8Array => encode(new Map(entries));
const protectedHeader = header([
  [cose.header.alg, cose.alg.es256k],
  [cose.header.x5t, [cose.digestSha256, lineHash]],
]);

function content(): Content {
  return new Map<number, CborInput>([
    [field.layout, 1],
    [field.chainId, 31_337],
    [field.manufacturerId, 7],
    [field.manufacturer, "FAKE Maker"],
    [field.model, "tm-1"],
    [field.serial, "FAKE-0001"],
    [field.chip, new Uint8Array(8).fill(9)],
    [field.address, fromHex(addressOf(fake.device.publicKey))],
    [field.certificate, sha256(fake.device.der)],
    [field.firmware, new Uint8Array(32).fill(8)],
    [field.date, NOW + 3600],
    [
      field.tests,
      [
        [test.ict, true, report],
        [test.qa, true, report],
      ],
    ],
    [field.imei, imeiHash(IMEI, imeiSalt)],
  ]);
}

interface Parts {
  readonly content?: Content;
  readonly protectedHeader?: Uint8Array;
  readonly unprotected?: CborInput;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
}

async function record(parts: Parts = {}): Promise<Uint8Array> {
  const head = parts.protectedHeader ?? protectedHeader;
  const payload = encode(parts.content ?? content());
  const signature = await fake.line.signer.sign(mintingDigest(head, payload));
  const altered = parts.signature?.(signature) ?? signature;
  return encode(new Tag([head, parts.unprotected ?? new Map(), payload, altered], cose.tagSign1));
}

const published = (bytes: Uint8Array, device = fake.device.der, line = fake.line.certificate.der): string =>
  toHex(encodeMintingCertificate({ record: bytes, salt, device, line }));

const cases: Case[] = [];
const add = async (
  title: string,
  expect: Case["expect"],
  parts: Parts = {},
  terms: Omit<Case, "title" | "expect" | "certificate"> = {},
): Promise<void> => void cases.push({ title, expect, certificate: published(await record(parts)), ...terms });
const changed = (label: number, value: CborInput): Parts => ({ content: content().set(label, value) });
function without(label: number): Parts {
  const fields = content();
  fields.delete(label);
  return { content: fields };
}

const plain = await record();
await add("a unit with an IMEI, ICT and QA passed", "ok");
await add("with its published hash", "ok", {}, { hash: toHex(mintingRecordHash(plain, salt)) });
await add("with the IMEI that its owner was told", "ok", {}, { imei: IMEI });
await add("of a unit without a modem", "ok", without(field.imei));

cases.push({ title: "cut off", expect: "MINTING_MALFORMED", certificate: published(plain.subarray(0, -1)) });
cases.push({
  title: "with a byte left over",
  expect: "MINTING_MALFORMED",
  certificate: published(Buffer.concat([plain, new Uint8Array(1)])),
});
cases.push({
  title: "that is no array of four",
  expect: "MINTING_MALFORMED",
  certificate: toHex(encode([plain, salt])),
});
await add("of another layout", "MINTING_MALFORMED", changed(field.layout, 2));
await add("without a date", "MINTING_MALFORMED", without(field.date));
await add("with a field that is not named", "MINTING_MALFORMED", changed(99, 1));
await add("with an empty serial number", "MINTING_MALFORMED", changed(field.serial, ""));
await add("with a model of 33 bytes", "MINTING_MALFORMED", changed(field.model, "m".repeat(33)));
await add("with an address of 19 bytes", "MINTING_MALFORMED", changed(field.address, new Uint8Array(19)));
await add("with a negative date", "MINTING_MALFORMED", changed(field.date, -1));
await add("with a test of an unknown kind", "MINTING_MALFORMED", changed(field.tests, [[3, true, report]]));
await add(
  "with one test twice",
  "MINTING_MALFORMED",
  changed(field.tests, [
    [1, true, report],
    [1, true, report],
  ]),
);
await add(
  "with its tests out of order",
  "MINTING_MALFORMED",
  changed(field.tests, [
    [2, true, report],
    [1, true, report],
  ]),
);
await add("with something beside its signature", "MINTING_MALFORMED", {
  unprotected: new Map([[4, new Uint8Array(1)]]),
});
await add("with a signature of 63 bytes", "MINTING_MALFORMED", { signature: (bytes) => bytes.subarray(1) });
await add("D19 under another algorithm", "COSE_ALGORITHM", {
  protectedHeader: header([
    [cose.header.alg, -7],
    [cose.header.x5t, [cose.digestSha256, lineHash]],
  ]),
});
await add("D19 without an algorithm", "COSE_ALGORITHM", {
  protectedHeader: header([[cose.header.x5t, [cose.digestSha256, lineHash]]]),
});
await add("that names another line", "MINTING_CERTIFICATE", {
  protectedHeader: header([
    [cose.header.alg, cose.alg.es256k],
    [cose.header.x5t, [cose.digestSha256, sha256(other.line.certificate.der)]],
  ]),
});
cases.push({
  title: "with another unit's certificate",
  expect: "MINTING_CERTIFICATE",
  certificate: published(plain, other.device.der),
});
await add("signed by nobody", "MINTING_SIGNATURE", {
  signature: (bytes) => Uint8Array.from(bytes, (b, at) => (at === 40 ? b ^ 1 : b)),
});
await add("D18 with a high s", "SIGNATURE_HIGH_S", {
  signature: (bytes) => {
    const s = ORDER - BigInt(`0x${toHex(bytes.subarray(32))}`);
    return Buffer.concat([bytes.subarray(0, 32), fromHex(s.toString(16).padStart(64, "0"))]);
  },
});
await add("of another chain than the certificate", "MINTING_FIELD", changed(field.chainId, 137));
await add("of another ManufacturerID", "MINTING_FIELD", changed(field.manufacturerId, 8));
await add("of another manufacturer's name", "MINTING_FIELD", changed(field.manufacturer, "FAKE Other"));
await add("of another model", "MINTING_FIELD", changed(field.model, "tm-2"));
await add("of another serial number", "MINTING_FIELD", changed(field.serial, "FAKE-0002"));
await add("of another address", "MINTING_FIELD", changed(field.address, new Uint8Array(20).fill(1)));
await add("dated before its line", "MINTING_FIELD", changed(field.date, NOW - 1));
await add("dated after its line", "MINTING_FIELD", changed(field.date, NOW + 31 * 86_400));
await add("without QA", "MINTING_TESTS", changed(field.tests, [[1, true, report]]));
await add(
  "with ICT not passed",
  "MINTING_TESTS",
  changed(field.tests, [
    [1, false, report],
    [2, true, report],
  ]),
);
await add("with another published hash", "MINTING_HASH", {}, { hash: toHex(new Uint8Array(32)) });
await add("with another IMEI", "MINTING_HASH", {}, { imei: "356938035643809" });
await add("without an IMEI, asked for one", "MINTING_HASH", without(field.imei), { imei: IMEI });

const revocation = {
  serialNumber: fake.line.certificate.serialNumber,
  revokedAt: NOW + 7200,
  reason: "keyCompromise",
  block: 100n,
} as const;
const crl = toHex(
  (await publishCrl({ revocations: [revocation], number: 1n, now: NOW + 7200, days: 30 }, fake.root)).der,
);
await add("B1 of a stolen line, registered before its revocation block", "ok", {}, { crl, registeredBlock: 99 });
await add("B1 of a stolen line, registered in its revocation block", "CERT_REVOKED", {}, { crl, registeredBlock: 100 });
await add("B1 of a stolen line, registered nowhere", "CERT_REVOKED", {}, { crl });

const head = {
  about: "Minting certificates: protocol/minting-record.md",
  root: toHex(fake.root.certificate.der),
  imeiSalt: toHex(imeiSalt),
};
const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
const body = cases.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
writeFileSync(
  new URL("../minting/record.json", import.meta.url),
  `{\n${lines.join("\n")}\n  "cases": [\n${body}\n  ]\n}\n`,
);
