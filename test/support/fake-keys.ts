// SPDX-License-Identifier: Apache-2.0
// The keys of certs/fake, which no key store opens.
import { readFileSync } from "node:fs";
import { type MemorySigner, memorySigner } from "../../host/src/keys/memory-signer.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";

interface FakeKey {
  readonly name: string;
  readonly publicKey: string;
  readonly secret: string;
}

const list = new URL("../../certs/fake/keys.json", import.meta.url);
export const fakeKeys = JSON.parse(readFileSync(list, "utf8")) as readonly FakeKey[];

export function fakeSigner(name: string): MemorySigner {
  const key = fakeKeys.find((candidate) => candidate.name === name);
  if (!key) throw new RangeError(`no fake key ${name}`);
  return memorySigner(fromHex(key.secret));
}
