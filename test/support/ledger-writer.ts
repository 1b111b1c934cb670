// SPDX-License-Identifier: Apache-2.0
// Certifies one unit after the other into the ledger of argv[2], and says each address once its row is written.
import { randomBytes } from "node:crypto";
import { newSecret } from "../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../host/src/keys/memory-signer.ts";
import { Ledger } from "../../host/src/ledger/ledger.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { encodeCsr } from "../../host/src/protocol/csr.ts";
import { certifyUnit } from "../../host/src/station/certify.ts";
import { openLine } from "../../host/src/station/line.ts";
import { fakeAuthority, NOW } from "./fake-authority.ts";

const fake = await fakeAuthority({ units: 100_000 });
const ledger = new Ledger(process.argv[2] ?? "");
const line = openLine([fake.line.certificate.der, fake.root.certificate.der], fake.line.signer, ledger, NOW);
for (;;) {
  const signer = memorySigner(newSecret());
  const [nonce, chipId, firmwareDigest] = [32, 8, 32].map((length) => Uint8Array.from(randomBytes(length)));
  if (!nonce || !chipId || !firmwareDigest) break;
  const serial = `FAKE-${toHex(chipId)}`;
  const session = { nonce, chipId, firmwareDigest, publicKey: signer.publicKey, serial, hardwareModel: "tm-1" };
  const subject = [{ type: "serialNumber", value: toHex(chipId) }] as const;
  const csr = await encodeCsr({ subject, publicKey: signer.publicKey, birth: session }, (digest) =>
    signer.sign(digest),
  );
  const { address } = await certifyUnit(
    { csr, session, onChain: false, modelValidUntil: undefined, now: NOW },
    line,
    ledger,
  );
  process.stdout.write(`${address}\n`);
}
