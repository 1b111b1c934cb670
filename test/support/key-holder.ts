// SPDX-License-Identifier: Apache-2.0
// A process that opens a root's key, makes root, line and revocation list with it, and waits to be looked at:
// `key-holder.ts REFERENCE`, the passphrase on standard input.
import { text } from "node:stream/consumers";
import { issueLine, issueRoot } from "../../host/src/authority/authority.ts";
import { publishCrl } from "../../host/src/authority/publish-crl.ts";
import { newSigner } from "../../host/src/demo/authority.ts";
import { openKey } from "../../host/src/keys/open-key.ts";

const passphrase = (await text(process.stdin)).trim();
const signer = await openKey(process.argv[2] ?? "", () => Promise.resolve(passphrase));
for (let time = 0; time < 16; time++) await signer.sign(new Uint8Array(32).fill(time + 1));
const now = 1_780_272_000;
const named = { organization: "FAKE Maker", commonName: "FAKE root", chainId: 31_337n, manufacturerId: 7n };
const root = { certificate: await issueRoot({ ...named, now, days: 7_300 }, signer), signer };
await issueLine({ station: "FAKE station", publicKey: newSigner().publicKey, units: 10, now, days: 30 }, root);
await publishCrl({ revocations: [], number: 1n, now, days: 30 }, root);
console.log("signed");
setInterval(() => signer.address, 1_000_000);
