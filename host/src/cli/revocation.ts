// SPDX-License-Identifier: Apache-2.0
// A root's revocation list, for verbs that judge what a line has certified.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Argv } from "yargs";
import { verifyChain } from "../authority/verify-chain.ts";
import { type Crl, decodeCrl } from "../protocol/crl.ts";
import { readCertificate, readPem } from "./files.ts";
import { wholeNumber } from "./numbers.ts";

export interface RevocationArguments {
  readonly crl: string | undefined;
  readonly "registered-block": string | undefined;
}

export interface RevocationTerms {
  /** DER. */
  readonly root: Uint8Array;
  readonly crl?: Crl;
  readonly registeredBlock?: bigint;
}

export function revocationArguments<T>(yargs: Argv<T>): Argv<T & RevocationArguments> {
  return yargs
    .option("crl", {
      type: "string",
      describe: "The root's revocation list, PEM or DER; else crl.pem beside the root, if there",
    })
    .option("registered-block", {
      type: "string",
      describe: "Block in which the unit was registered, for a line that was revoked later",
    });
}

/** @throws FILE_MISSING, CRL_STALE, CERT_ISSUER or CERT_SIGNATURE for another root's list, DER_MALFORMED, USAGE */
export async function revocationTerms(rootPath: string, args: RevocationArguments): Promise<RevocationTerms> {
  const root = await readCertificate(rootPath);
  const beside = join(dirname(rootPath), "crl.pem");
  const path = args.crl ?? (existsSync(beside) ? beside : undefined);
  const block = args["registered-block"];
  const registeredBlock = block === undefined ? {} : { registeredBlock: wholeNumber("registered-block", block) };
  if (path === undefined) return { root, ...registeredBlock };
  const crl = decodeCrl(await readPem(path, "X509 CRL"));
  // A list that is not this root's or is out of date says nothing of a unit: refused before one is asked.
  verifyChain("root", [root], { crl, at: Math.floor(Date.now() / 1000) });
  return { root, crl, ...registeredBlock };
}
