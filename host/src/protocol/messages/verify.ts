// SPDX-License-Identifier: Apache-2.0
// The unit's word that it holds the certified key: ES256K over nonce, chip id and certificate. protocol/serial.md.
import { TouchmarkError } from "../../errors.ts";
import type { AnswerFields } from "../answer-fields.ts";
import { concatBytes, equalBytes, fromHex } from "../bytes.ts";
import { domains } from "../generated.ts";
import { sha256, verifyDigest } from "../secp256k1.ts";

export interface VerifyStatement {
  /** 32 bytes, the asker's. */
  readonly nonce: Uint8Array;
  readonly chipId: string;
  /** DER of the device certificate. */
  readonly certificate: Uint8Array;
}

/** SHA-256 that the unit signs. */
export function verifyStatementDigest({ nonce, chipId, certificate }: VerifyStatement): Uint8Array {
  const domain = Buffer.from(`${domains.verify}\0`, "utf8");
  return sha256(concatBytes(domain, nonce, fromHex(chipId), sha256(certificate)));
}

/** @throws CERT_KEY_MISMATCH where another key answers, SIGNATURE_INVALID, SIGNATURE_HIGH_S, MESSAGE_FIELD. */
export function checkVerifyAnswer(answer: AnswerFields, statement: VerifyStatement, publicKey: Uint8Array): void {
  if (!equalBytes(answer.bytes("pub", 33), publicKey)) throw new TouchmarkError("CERT_KEY_MISMATCH");
  if (!verifyDigest(verifyStatementDigest(statement), answer.bytes("signature", 64), publicKey)) {
    throw new TouchmarkError("SIGNATURE_INVALID");
  }
}
