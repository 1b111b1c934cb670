// SPDX-License-Identifier: Apache-2.0
// What a unit signs for its owner: fields, and the digest that ethers, which is nobody's of ours, makes of them.
import { getAddress, hashMessage, TypedDataEncoder, type TypedDataField } from "ethers";
import { typedDomains, typedStructs } from "../../../host/src/protocol/generated.ts";

export interface ConsentVector {
  readonly title: string;
  readonly kind: "claim" | "pair" | "unpair";
  readonly domain: "dimo" | "own";
  readonly chainId: string;
  readonly registry: string;
  /** Decimal, as are nonce and deadline. */
  readonly token: string;
  /** Owner's address, or vehicle in decimal. */
  readonly second: string;
  readonly nonce: string;
  readonly deadline: string;
  readonly digest: string;
}

type Fields = Omit<ConsentVector, "digest" | "title">;

const structs = {
  claim: { dimo: "claimAftermarketDevice", own: "claimDevice" },
  pair: { dimo: "pairAftermarketDevice", own: "pairDevice" },
  unpair: { dimo: "unpairDevice", own: "unpairDevice" },
} as const;

/** By ethers. */
export function consentDigestOf({ kind, domain, chainId, registry, token, second, nonce, deadline }: Fields): string {
  const { name, version } = typedDomains[domain === "dimo" ? "dimoDomain" : "touchmarkDomain"];
  const { primaryType, fields } = typedStructs[structs[kind][domain]];
  const types: Record<string, TypedDataField[]> = { [primaryType]: fields.map((field) => ({ ...field })) };
  const values = [token, second, nonce, deadline];
  const value = Object.fromEntries(fields.map(({ name: field }, at) => [field, values[at]]));
  return TypedDataEncoder.hash({ name, version, chainId, verifyingContract: registry }, types, value);
}

const OWNER = "0xd8da6bf26964af9d7eed9e03e53415d37aa96045";
const POLYGON = "0xFA8beC73cebB9D88FF88a2f75E7D7312f2Fd39EC";
const HIGHEST = `${2n ** 256n - 1n}`;
const base = { chainId: "137", registry: POLYGON, token: "3174", nonce: "0", deadline: "0" } as const;
const own = { ...base, domain: "own", nonce: "1", deadline: "1790000000" } as const;

const consents: readonly (Fields & { readonly title: string })[] = [
  { title: "a claim as DIMO checks it", ...base, kind: "claim", domain: "dimo", second: OWNER },
  { title: "a pairing as DIMO checks it", ...base, kind: "pair", domain: "dimo", second: "12" },
  { title: "a claim that ends", ...own, kind: "claim", second: OWNER },
  { title: "a pairing that ends", ...own, kind: "pair", second: "12" },
  { title: "an unpairing", ...own, kind: "unpair", second: "12" },
  { title: "C11 the same claim on another chain", ...own, kind: "claim", second: OWNER, chainId: "80002" },
  { title: "C11 and for another contract", ...own, kind: "claim", second: OWNER, registry: OWNER },
  { title: "the next nonce", ...own, kind: "claim", second: OWNER, nonce: "2" },
  { title: "the highest token and vehicle", ...own, kind: "pair", token: HIGHEST, second: HIGHEST },
  {
    title: "the highest chain, nonce and deadline",
    ...own,
    kind: "unpair",
    second: "1",
    chainId: `${2n ** 64n - 1n}`,
    nonce: `${2n ** 64n - 1n}`,
    deadline: `${2n ** 64n - 1n}`,
  },
];

export const consentVectors: readonly ConsentVector[] = consents.map((each) => ({
  ...each,
  digest: consentDigestOf(each),
}));

export interface SignInVector {
  readonly title: string;
  /** Digest, or the name of a refusal. */
  readonly expect: string;
  readonly domain: string;
  readonly client: string;
  readonly nonce: string;
  readonly issuedAt: string;
  readonly address: string;
}

/** The service's own wording, put together here a second time. */
function challenge(
  { domain, client, nonce, address }: Omit<SignInVector, "expect" | "title" | "issuedAt">,
  at: string,
) {
  return `${domain} wants you to sign in with your Ethereum account:\n${getAddress(address)}\n\n${client} is asking you sign in.\n\nURI: https://${domain}\nVersion: 1\nChain ID: 1\nNonce: ${nonce}\nIssued At: ${at}`;
}

const signIn = {
  domain: "auth.dimo.zone",
  client: "127.0.0.1",
  nonce: "zrIC3hmEvCsv8exZxjsMBYhEciu7oB",
  address: "0x064493af03c949d58ee03df0e771b6eb19a1018a",
};
const date = { issuedAt: "1715271081" };
const LONG = "a".repeat(63);

type SignInCase = readonly [title: string, change: Partial<SignInVector>, at: string];

const signIns: readonly SignInCase[] = [
  ["a challenge as the service makes it", date, "2024-05-09T16:11:21Z"],
  ["at the service's other domain", { ...date, domain: "auth.dev.dimo.zone" }, "2024-05-09T16:11:21Z"],
  ["1970", { issuedAt: "0" }, "1970-01-01T00:00:00Z"],
  ["a leap day", { issuedAt: "951868799" }, "2000-02-29T23:59:59Z"],
  ["the end of February in a year that is no leap year", { issuedAt: "4107542400" }, "2100-03-01T00:00:00Z"],
  ["the last second that has a date", { issuedAt: "253402300799" }, "9999-12-31T23:59:59Z"],
  ["every field at its limit", { ...date, client: LONG, nonce: "Z".repeat(64) }, "2024-05-09T16:11:21Z"],
  ["the shortest fields", { ...date, client: "x", nonce: "12345678" }, "2024-05-09T16:11:21Z"],
];

const refused: readonly (readonly [title: string, expect: string, change: Partial<SignInVector>])[] = [
  ["a domain that is not pinned", "SIGN_IN_DOMAIN", { domain: "auth.dimo.zone.example" }],
  ["a domain in capitals", "SIGN_IN_DOMAIN", { domain: "AUTH.DIMO.ZONE" }],
  ["no domain", "SIGN_IN_DOMAIN", { domain: "" }],
  ["a domain with a line behind it", "SIGN_IN_DOMAIN", { domain: "auth.dimo.zone\n" }],
  ["a client that brings lines of its own", "MESSAGE_FIELD", { client: "x\n\nURI: https://evil.example" }],
  ["a client that begins with a mark", "MESSAGE_FIELD", { client: "-x" }],
  ["a client that ends with one", "MESSAGE_FIELD", { client: "x." }],
  ["a client in capitals", "MESSAGE_FIELD", { client: "X" }],
  ["no client", "MESSAGE_FIELD", { client: "" }],
  ["a client that is too long", "MESSAGE_FIELD", { client: `${LONG}a` }],
  ["a nonce that is too short", "MESSAGE_FIELD", { nonce: "1234567" }],
  ["a nonce that is too long", "MESSAGE_FIELD", { nonce: "Z".repeat(65) }],
  ["a nonce that is not letters and digits", "MESSAGE_FIELD", { nonce: "1234567-" }],
  ["a date beyond 9999", "MESSAGE_FIELD", { issuedAt: "253402300800" }],
];

export const signInVectors: readonly SignInVector[] = [
  ...signIns.map(([title, change, at]) => {
    const fields = { ...signIn, ...date, ...change };
    return { title, expect: hashMessage(challenge(fields, at)).slice(2), ...fields };
  }),
  ...refused.map(([title, expect, change]) => ({ title, expect, ...signIn, ...date, ...change })),
];
