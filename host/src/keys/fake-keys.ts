// SPDX-License-Identifier: Apache-2.0
// The keys of certs/fake are public knowledge: no key store opens one.
import { readFileSync } from "node:fs";
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";

interface FakeKey {
  readonly name: string;
  /** Compressed, hexadecimal. */
  readonly publicKey: string;
  /** Hexadecimal: in the open, for tests. */
  readonly secret: string;
}

const list = new URL("../../../certs/fake/keys.json", import.meta.url);
const fakeKeys = JSON.parse(readFileSync(list, "utf8")) as readonly FakeKey[];

/** @throws KEY_REFUSED for a key of certs/fake */
export function refuseFakeKey(publicKey: Uint8Array): void {
  const fake = fakeKeys.find((key) => key.publicKey === toHex(publicKey));
  if (fake) throw new TouchmarkError("KEY_REFUSED", { data: { fake: fake.name } });
}
