// SPDX-License-Identifier: Apache-2.0
// What a thief of several keys can do: the rows of docs/license-proof.md. His chain is his own from block to words.
import { fromHex } from "../../../host/src/protocol/bytes.ts";
import { addressOf, sha256 } from "../../../host/src/protocol/secp256k1.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import type { Case } from "../lab/case.ts";
import { otaCertificate, rootCertificate } from "../lab/certificates.ts";
import { fakeKey } from "../lab/keys.ts";
import {
  CHAIN_ID,
  HONEST,
  licenseWord,
  MANUFACTURER,
  type Release,
  rootWord,
  type Scenario,
  TRUST,
  VALIDITY,
} from "../lab/scenario.ts";
import { type Cosigner, newRoot, recovery, root, type StatementPlan, statementOf, witness } from "../lab/statement.ts";
import { ROTATE } from "./trust.ts";

const MAKER = { chainId: CHAIN_ID, manufacturerId: MANUFACTURER, ...VALIDITY };
const HIS_ROOT = await rootCertificate({ ...MAKER, key: "thief-root" });
const HIS_LICENSE = licenseWord({ otaSigner: fromHex(addressOf(fakeKey("thief-ota").publicKey)) });

/** Witnesses 4 to 6 are his. */
const HIS = 3;
const HIS_WITNESSES = [0, 1, 2].map((at) => fakeKey(`witness-${at + 1 + HIS}`).publicKey);
const hisWitness = (index: number): Cosigner => ({ role: "witness", index, key: `witness-${index + 1 + HIS}` });

async function signedBy(issuer: string): Promise<Release> {
  return {
    ...HONEST.release,
    signer: "thief-ota",
    certificate: await otaCertificate({ ...MAKER, key: "thief-ota", issuer }),
  };
}

/** Statements, and a block that his own witnesses vouch for. */
function led(plans: readonly StatementPlan[]): Pick<Scenario, "witnessedBy" | "witnesses" | "spoil"> {
  const trust = plans.map(statementOf);
  return {
    witnessedBy: plans.at(-1)?.next ?? TRUST,
    witnesses: [HIS, HIS + 1],
    spoil: {
      chain: (chain) => ({
        ...chain,
        trust,
        witnesses: chain.witnesses.map((each) => ({ ...each, index: each.index - HIS })),
      }),
    },
  };
}

const RECOVERY = [recovery(0), recovery(1)];
const QUORUM = [witness(0), witness(1)];
const hisQuorum = [hisWitness(0), hisWitness(1)];
const withWitnesses: TrustBlock = { ...TRUST, epoch: 2, witnesses: HIS_WITNESSES };
const withRoot: TrustBlock = { ...TRUST, epoch: 2, rootHash: sha256(HIS_ROOT) };
const withBoth: TrustBlock = { ...withWitnesses, epoch: 3, rootHash: sha256(HIS_ROOT) };

const bundle = (title: string, expect: Case["expect"], change: Partial<Scenario>): Case => ({
  title,
  expect,
  scenario: { ...HONEST, ...change },
});

export const stolenKeysBundles: readonly Case[] = [
  bundle("k witnesses and the OTA key: a release on a chain that they invent", "OK", {
    block: { ...HONEST.block, number: HONEST.block.number + 1_000_000n, fields: 17 },
    release: { ...HONEST.release, announced: { block: HONEST.block.number } },
  }),
  bundle("k witnesses and the root: a signer of their own", "OK", {
    release: await signedBy("root"),
    license: HIS_LICENSE,
  }),
  bundle("the root and r recovery keys: a signer and witnesses of their own, in one bundle", "OK", {
    release: await signedBy("root"),
    license: HIS_LICENSE,
    ...led([{ old: TRUST, next: withWitnesses, signers: [root(), ...RECOVERY] }]),
  }),
  bundle("the root alone: a signer of its own", "LICENSE_SIGNER", { release: await signedBy("root") }),
  bundle("k witnesses alone: a signer of their own", "CERT_ISSUER", {
    release: await signedBy("thief-root"),
    license: HIS_LICENSE,
  }),
];

const rotate = (title: string, plans: readonly StatementPlan[]): Case => ({
  title,
  expect: "OK",
  scenario: { ...ROTATE, without: ["license", "release"], rootWord: rootWord(HIS_ROOT), ...led(plans) },
});

export const stolenKeysRotations: readonly Case[] = [
  rotate("D31 the root and r recovery keys: witnesses of their own, and by those a root, in one presentation", [
    { old: TRUST, next: withWitnesses, signers: [root(), ...RECOVERY] },
    { old: withWitnesses, next: withBoth, signers: [...hisQuorum, root(), newRoot("thief-root")], newRoot: HIS_ROOT },
  ]),
  rotate("D31 k witnesses and r recovery keys: a root of their own, and by that witnesses, in one presentation", [
    { old: TRUST, next: withRoot, signers: [...QUORUM, ...RECOVERY, newRoot("thief-root")], newRoot: HIS_ROOT },
    { old: withRoot, next: withBoth, signers: [...QUORUM, root("thief-root")] },
  ]),
  rotate("D31 k witnesses and the root: witnesses and a root of their own, in one statement", [
    {
      old: TRUST,
      next: { ...withBoth, epoch: 2 },
      signers: [...QUORUM, root(), newRoot("thief-root")],
      newRoot: HIS_ROOT,
    },
  ]),
];
