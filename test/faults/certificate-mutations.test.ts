// SPDX-License-Identifier: Apache-2.0
// 10,000 certificates and requests changed at random and signed anew, so that the change reaches the rules behind the
// signature: we accept no path that OpenSSL or Node refuses and read no request that OpenSSL cannot verify (Node has no
// API for requests), the device's code says the same as we, and what we refuse beyond them has one of the reasons below,
// which are printed with their counts. TOUCHMARK_SEED chooses other changes.
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { checkCsr } from "../../host/src/authority/check-csr.ts";
import { verifyChain } from "../../host/src/authority/verify-chain.ts";
import { equalBytes, fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeCsr } from "../../host/src/protocol/csr.ts";
import { encodeEcdsaSignature } from "../../host/src/protocol/ecdsa-signature.ts";
import { oids } from "../../host/src/protocol/generated.ts";
import { signDigest } from "../../host/src/protocol/secp256k1.ts";
import {
  BORN,
  certificate,
  deviceParts,
  fakeKey,
  lineParts,
  otaParts,
  type Parts,
  rootParts,
} from "../../protocol/vectors/lab/certificate/parts.ts";
import {
  type DerNode,
  encodeNode,
  mutate,
  mutateValue,
  parseDer,
  type Random,
  seeded,
} from "../support/der-mutations.ts";
import { deviceVerdicts } from "../support/device-paths.ts";
import { fakeSigner } from "../support/fake-keys.ts";
import { OpensslFolder } from "../support/openssl.ts";
import { verdict } from "../support/refusal.ts";

const SEED = Number(process.env["TOUCHMARK_SEED"] ?? 20_260_601);
const PATHS = { ota: 4000, device: 2500, line: 2500 } as const;
const CSRS = 1000;
/** Inside every validity of the hierarchy. */
const AT = BORN + 5 * 86_400;

const reasons: Readonly<Record<string, string>> = {
  DER_MALFORMED: "OpenSSL reads BER, and extensions that it does not know it does not read at all",
  CERT_PROFILE: "OpenSSL knows nothing of our columns: extensions, names and their form",
  CERT_USAGE: "without a purpose OpenSSL asks nothing of a leaf's keyUsage and extendedKeyUsage",
  CERT_SERIAL: "OpenSSL takes any serial number",
  CERT_MANUFACTURER: "OpenSSL does not know the ManufacturerID",
  CERT_ISSUER: "OpenSSL compares names without their case and spaces",
  CERT_PATH_LENGTH: "OpenSSL lets a line have any pathLenConstraint that its path keeps",
  CERT_NOT_IN_FORCE: "OpenSSL does not ask whether the line was in force when the device was born",
  CERT_CRITICAL_EXTENSION: "OpenSSL knows extensions that our page does not name",
};

const csrReasons: Readonly<Record<string, string>> = {
  CSR_NOT_DER:
    "OpenSSL reads BER and any attributes; ours is one form, and what is read encodes again to the same bytes",
  CSR_BINDING: "OpenSSL knows nothing of a session: nonce, chip id, firmware digest, key",
};

interface Mutant {
  readonly kind: keyof typeof PATHS;
  readonly der: Uint8Array;
  readonly path: readonly Uint8Array[];
}

const plainLine = { ...lineParts, extensions: lineParts.extensions?.filter(({ name }) => name !== "touchmarkUnits") };
const root = certificate(rootParts);
// Without the cap, which the device skips and the host reads.
const line = certificate(plainLine);
const device = certificate(deviceParts);
const bases = { ota: otaParts, device: deviceParts, line: plainLine } as const;

function mutant(kind: keyof typeof PATHS, random: Random): Mutant {
  const der = resigned(certificateTree(bases[kind]), bases[kind].signedBy, (body) => mutate(body, random));
  const path = { ota: [der, root], device: [der, line, root], line: [device, der, root] }[kind];
  return { kind, der, path };
}

const trees = new Map<Parts, DerNode>();
function certificateTree(parts: Parts): DerNode {
  const tree = trees.get(parts) ?? parseDer(certificate(parts));
  trees.set(parts, tree);
  return structuredClone(tree);
}

function resigned(tree: DerNode, key: string, change: (body: DerNode) => void): Uint8Array {
  const [body, , signature] = tree.contents as DerNode[];
  if (!body || !signature) throw new RangeError("not a signed structure");
  const before = encodeNode(body);
  do change(body);
  while (equalBytes(encodeNode(body), before));
  const digest = Uint8Array.from(createHash("sha256").update(encodeNode(body)).digest());
  const value = encodeEcdsaSignature(signDigest(digest, fromHex(fakeKey(key).secret)));
  signature.contents = Uint8Array.of(0, ...value);
  return encodeNode(tree);
}

function ours({ kind, path }: Mutant): string {
  return verdict(() => verifyChain(kind === "ota" ? "ota" : "device", path, { at: AT }));
}

function nodeAccepts({ path }: Mutant): boolean {
  try {
    const certificates = path.map((each) => new X509Certificate(each));
    return certificates.every((child, at) => {
      const parent = certificates[at + 1] ?? child;
      return child.checkIssued(parent) && child.verify(parent.publicKey);
    });
  } catch {
    return false;
  }
}

/** OpenSSL's answer to each mutant as the first certificate of a path. */
function opensslAccepts(openssl: OpensslFolder, mutants: readonly Mutant[]): boolean[] {
  const answers: boolean[] = [];
  const untrusted = ["-untrusted", openssl.put("line.pem", "CERTIFICATE", line)];
  const common = [
    "verify",
    "-x509_strict",
    "-attime",
    `${AT}`,
    "-CAfile",
    openssl.put("root.pem", "CERTIFICATE", root),
  ];
  for (let start = 0; start < mutants.length; start += 400) {
    const files = mutants.slice(start, start + 400).map(({ der }, at) => openssl.put(`${at}.pem`, "CERTIFICATE", der));
    const { output } = openssl.run(...common, ...untrusted, ...files);
    const lines = new Set(output.split("\n"));
    answers.push(...files.map((file) => lines.has(`${file}: OK`)));
  }
  return answers;
}

function print(codes: readonly string[], why: Readonly<Record<string, string>>): void {
  for (const [code, reason] of Object.entries(why))
    console.log(`      ${String(codes.filter((each) => each === code).length).padStart(5)} ${code}: ${reason}`);
}

describe(`certificates and requests changed at random, seed ${SEED}`, function () {
  this.timeout(600_000);
  const random = seeded(SEED);
  let openssl: OpensslFolder;
  let mutants: readonly Mutant[];
  let verdicts: readonly string[];
  let accepted: readonly boolean[];

  before(() => {
    openssl = new OpensslFolder();
    const kinds = Object.entries(PATHS) as [keyof typeof PATHS, number][];
    mutants = kinds.flatMap(([kind, count]) => Array.from({ length: count }, () => mutant(kind, random)));
    verdicts = mutants.map(ours);
    accepted = opensslAccepts(openssl, mutants);
  });
  after(() => openssl[Symbol.dispose]());

  const of = (code: string): Mutant[] => mutants.filter((_, at) => verdicts[at] === code);

  it("B2 B3 B4 B5 B7 B8 B9 B10 B13 we accept no path that OpenSSL or Node refuses", () => {
    const wrong = mutants.filter((one, at) => verdicts[at] === "ok" && !(accepted[at] && nodeAccepts(one)));
    expect(wrong.map(({ kind, der }) => `${kind} ${toHex(der)}`)).to.deep.equal([]);
    expect(of("ok").length, "mutants that stay good").to.be.at.least(200);
    // A spoiled line was asked about as a leaf: now as an issuer.
    for (const { path } of of("ok")
      .filter(({ kind }) => kind === "line")
      .slice(0, 50))
      expect(openssl.verify(path, AT).output).to.match(/OK\n$/);
  });

  it("each refusal beyond OpenSSL's has a reason of the list, and no reason stands there for nothing", () => {
    const refused = verdicts.filter((code, at) => code !== "ok" && accepted[at]);
    const beyond = new Set(refused);
    expect([...beyond].filter((code) => !(code in reasons))).to.deep.equal([]);
    print(refused, reasons);
    if (SEED === 20_260_601) expect([...beyond].toSorted()).to.deep.equal(Object.keys(reasons).toSorted());
  });

  it("D8 the device's code gives the same verdict to each", () => {
    const rootHash = createHash("sha256").update(root).digest("hex");
    const paths = mutants.map(({ kind, path }) => ({
      path: kind === "ota" ? ("ota" as const) : ("device" as const),
      rootHash,
      at: AT,
      certificates: path.map(toHex),
    }));
    const differing = deviceVerdicts(paths).flatMap((said, at) => {
      // One bit makes the manufacturer's identifier that of the cap, which the device skips.
      if (toHex(mutants[at]?.der ?? root).includes(oids.touchmarkUnits.contents)) return [];
      const expected = verdicts[at] === "ok" ? "OK" : verdicts[at];
      return said === expected
        ? []
        : [`${mutants[at]?.kind} device ${said} host ${expected} ${toHex(mutants[at]?.der ?? root)}`];
    });
    expect(differing).to.deep.equal([]);
  });

  it("A1 B9 we read no CSR that OpenSSL cannot verify, and each that we refuse has a reason of the list", async () => {
    const signer = fakeSigner("device");
    const bound = { nonce: new Uint8Array(32), chipId: new Uint8Array(8), firmwareDigest: new Uint8Array(32) };
    const session = { ...bound, publicKey: signer.publicKey, serial: "FAKE-1", hardwareModel: "tm-1" };
    const subject = [{ type: "serialNumber", value: "00".repeat(8) }] as const;
    const base = await encodeCsr({ subject, publicKey: signer.publicKey, birth: bound }, (digest) =>
      signer.sign(digest),
    );
    const tree = parseDer(base);
    const read: string[] = [];
    const refused: string[] = [];
    for (let count = 0; count < CSRS; count += 1) {
      // Three in four keep a request's one form, so that both sides read them.
      const change = random(4) === 0 ? mutate : mutateValue;
      const der = resigned(structuredClone(tree), "device", (body) => change(body, random));
      const answer = checkCsr(der, session, { onChain: false });
      if (answer.verdict === "refuse") refused.push(answer.error.code);
      if (answer.verdict === "refuse" && ["CSR_NOT_DER", "CSR_SIGNATURE"].includes(answer.error.code)) continue;
      read.push(openssl.put(`${count}.csr`, "CERTIFICATE REQUEST", der));
    }
    console.log(`      ${read.length} of ${CSRS} are read by both`);
    expect(openssl.refusedRequests(read).map((file) => readFileSync(file, "utf8"))).to.deep.equal([]);
    expect(read.length, "mutants that are still requests").to.be.at.least(CSRS * 0.7);
    expect([...new Set(refused)].toSorted()).to.deep.equal(Object.keys(csrReasons).toSorted());
    print(refused, csrReasons);
  });
});
