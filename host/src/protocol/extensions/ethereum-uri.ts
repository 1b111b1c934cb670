// SPDX-License-Identifier: Apache-2.0
// SubjectAltName (RFC 5280 §4.2.1.6) of one URI: EIP-681's `ethereum:<address>@<chain id>`.
import { TouchmarkError } from "../../errors.ts";
import { contextTag, type DerReader, Tag } from "../der.ts";
import { type Asn1, contextBytes, sequence } from "../der-writer.ts";

export interface EthereumUri {
  /** 0x and 40 hexadecimal digits, lower case. */
  readonly address: string;
  readonly chainId: bigint;
}

const URI_NAME = 6;
const URI = /^ethereum:(?<address>0x[0-9a-f]{40})@(?<chainId>[1-9][0-9]{0,19})$/;

export function ethereumUri({ address, chainId }: EthereumUri): Asn1 {
  return sequence(contextBytes(URI_NAME, Buffer.from(`ethereum:${address}@${chainId}`, "latin1")));
}

export function readEthereumUri(reader: DerReader): EthereumUri {
  const text = reader.within(Tag.sequence, (names) => {
    if (names.tag !== contextTag(URI_NAME)) throw outside();
    const name = names.contents(contextTag(URI_NAME));
    if (names.tag !== undefined) throw outside();
    return Buffer.from(name).toString("latin1");
  });
  const groups = URI.exec(text)?.groups;
  if (!groups?.["address"] || !groups["chainId"]) throw outside();
  return { address: groups["address"], chainId: BigInt(groups["chainId"]) };
}

function outside(): TouchmarkError {
  return new TouchmarkError("CERT_PROFILE", { data: { what: "subjectAltName" } });
}
