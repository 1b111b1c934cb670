// SPDX-License-Identifier: Apache-2.0
// A process that opens a key, signs with it, and waits to be looked at: `key-holder.ts REFERENCE`, the passphrase on
// standard input.
import { text } from "node:stream/consumers";
import { openKey } from "../../host/src/keys/open-key.ts";

const passphrase = (await text(process.stdin)).trim();
const signer = await openKey(process.argv[2] ?? "", () => Promise.resolve(passphrase));
for (let time = 0; time < 16; time++) await signer.sign(new Uint8Array(32).fill(time + 1));
console.log("signed");
setInterval(() => signer.address, 1_000_000);
