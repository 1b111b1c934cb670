// SPDX-License-Identifier: Apache-2.0
// Sign-in with Ethereum (EIP-4361) as DIMO's sign-in service words it, and EIP-191's digest. The unit builds the same from
// the same fields: protocol/signatures.md.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { concatBytes, toHex } from "./bytes.ts";
import { limits, signIn } from "./generated.ts";

export interface SignIn {
  /** One of protocol.json's. */
  readonly domain: string;
  /** Host name of who asks the service for the sign-in. */
  readonly client: string;
  /** The service's: letters and digits. */
  readonly nonce: string;
  /** The service's: unix seconds. */
  readonly issuedAt: bigint;
  /** Of the unit, 0x and 40 hexadecimal digits. */
  readonly address: string;
}

const YEAR_10000 = 253_402_300_800n;
const CLIENT = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const NONCE = new RegExp(`^[A-Za-z0-9]{${limits.signInNonceMin},${limits.signInNonceMax}}$`);

/** @throws SIGN_IN_DOMAIN, MESSAGE_FIELD naming the field */
export function signInMessage({ domain, client, nonce, issuedAt, address }: SignIn): string {
  if (!Object.values<string>(signIn.domain).includes(domain))
    throw new TouchmarkError("SIGN_IN_DOMAIN", { data: { domain, known: Object.values(signIn.domain) } });
  if (!CLIENT.test(client) || client.length > limits.signInClientBytes) throw wrong("client");
  if (!NONCE.test(nonce)) throw wrong("nonce");
  if (issuedAt < 0n || issuedAt >= YEAR_10000) throw wrong("issuedAt");
  return [
    `${domain} wants you to sign in with your Ethereum account:`,
    checksummed(address),
    "",
    `${client} is asking you sign in.`,
    "",
    `URI: https://${domain}`,
    "Version: 1",
    `Chain ID: ${signIn.chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${new Date(Number(issuedAt) * 1000).toISOString().slice(0, 19)}Z`,
  ].join("\n");
}

/** The fields of a message of that wording. @throws MESSAGE_FIELD where it is any other */
export function parseSignInMessage(message: string): SignIn {
  const match =
    /^(\S+) wants you[^\n]*\n(0x[0-9a-fA-F]{40})\n\n(\S+) is asking[\s\S]*\nNonce: (\S+)\nIssued At: (\S+)$/.exec(
      message,
    );
  const [, domain = "", address = "", client = "", nonce = "", at = ""] = match ?? [];
  const issuedAt = Date.parse(at);
  if (!match || Number.isNaN(issuedAt)) throw wrong("message");
  const fields = { domain, client, nonce, issuedAt: BigInt(Math.floor(issuedAt / 1000)), address };
  if (signInMessage(fields) !== message) throw wrong("message");
  return fields;
}

/** EIP-191, version 0x45. */
export function signInDigest(message: string): Uint8Array {
  const bytes = Buffer.from(message, "utf8");
  return keccak_256(concatBytes(Buffer.from(`\x19Ethereum Signed Message:\n${bytes.length}`, "latin1"), bytes));
}

/** EIP-55. */
function checksummed(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = toHex(keccak_256(Buffer.from(digits, "ascii")));
  const capital = (digit: string, at: number): string => (/[89a-f]/.test(hash[at] ?? "") ? digit.toUpperCase() : digit);
  return `0x${[...digits].map(capital).join("")}`;
}

const wrong = (field: string): TouchmarkError => new TouchmarkError("MESSAGE_FIELD", { data: { field } });
