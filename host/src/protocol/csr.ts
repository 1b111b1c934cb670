// SPDX-License-Identifier: Apache-2.0
// A device's certification request (PKCS#10, RFC 2986): its chip id as subject, its new key, and one extensionRequest
// with touchmarkBirth. It has one form; nothing else decodes.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { contextConstructedTag, type DerReader, malformed, readDer, Tag } from "./der.ts";
import { type Asn1, context, encodeDer, integer, oid, sequence, set } from "./der-writer.ts";
import { type DistinguishedName, distinguishedName, readDistinguishedName } from "./distinguished-name.ts";
import { type Birth, birth, readBirth } from "./extensions/birth.ts";
import { type ExtensionType, extensions, fromExtension, readExtensions, toExtension } from "./extensions/extension.ts";
import { limits, oids } from "./generated.ts";
import { publicKeyInfo, readPublicKeyInfo } from "./public-key-info.ts";
import { sha256 } from "./secp256k1.ts";
import { encodeSigned, readSigned } from "./signature-algorithm.ts";

export interface CsrBody {
  readonly subject: DistinguishedName;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly birth: Birth;
}

export interface Csr extends CsrBody {
  /** SHA-256 over the CertificationRequestInfo: what the device signed. */
  readonly bodyDigest: Uint8Array;
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array;
}

const birthType: ExtensionType<Birth> = {
  oid: oids.touchmarkBirth.contents,
  critical: false,
  write: birth,
  read: readBirth,
};

/** @param sign gives r ‖ s over the CertificationRequestInfo's SHA-256 */
export async function encodeCsr(body: CsrBody, sign: (digest: Uint8Array) => Promise<Uint8Array>): Promise<Uint8Array> {
  const info = requestInfo(body);
  return encodeSigned(info, await sign(sha256(encodeDer(info))));
}

/** @throws CSR_NOT_DER, the reason as its cause */
export function decodeCsr(der: Uint8Array): Csr {
  try {
    if (der.length > limits.csrBytes) throw malformed("CSR too long");
    const { body, signature } = readDer(der, readSigned);
    const fields = readDer(body, readRequestInfo);
    if (!equalBytes(encodeDer(requestInfo(fields)), body)) throw malformed("CSR re-encodes otherwise");
    return { ...fields, bodyDigest: sha256(body), signature };
  } catch (cause) {
    throw new TouchmarkError("CSR_NOT_DER", { cause });
  }
}

function requestInfo({ subject, publicKey, birth: value }: CsrBody): Asn1 {
  const request = sequence(oid(oids.extensionRequest.contents), set(extensions([toExtension(birthType, value)])));
  return sequence(integer(0), distinguishedName(subject), publicKeyInfo(publicKey), context(0, request));
}

function readRequestInfo(reader: DerReader): CsrBody {
  return reader.within(Tag.sequence, (inner) => {
    if (inner.uint64() !== 0n) throw malformed("version");
    const subject = readDistinguishedName(inner, 1);
    const publicKey = readPublicKeyInfo(inner);
    const value = inner.within(contextConstructedTag(0), (attributes) =>
      attributes.within(Tag.sequence, readExtensionRequest),
    );
    return { subject, publicKey, birth: value };
  });
}

function readExtensionRequest(reader: DerReader): Birth {
  if (reader.oid() !== oids.extensionRequest.contents) throw malformed("extensionRequest expected");
  const [extension, ...more] = reader.within(Tag.set, readExtensions);
  if (extension?.oid !== birthType.oid || more.length > 0) throw malformed("touchmarkBirth alone expected");
  return fromExtension(birthType, extension);
}
