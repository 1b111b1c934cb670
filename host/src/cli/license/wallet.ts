// SPDX-License-Identifier: Apache-2.0
// A contract wallet as applicant: it signs and sends by its owners' means, the verb says what and checks it before.
import { getAddress, TypedDataEncoder } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../../errors.ts";
import { requireWalletSignature } from "../../registry/contract-wallet.ts";
import { mouMessage } from "../../registry/sign-mou.ts";
import { translated } from "../../registry/transaction.ts";
import { type ChainArguments, type ChainSession, chainArguments } from "../chain.ts";
import { address, wholeNumber } from "../numbers.ts";
import { type PassphraseArguments, passphraseArguments } from "../passphrase.ts";
import type { Result } from "../verb.ts";

export interface ApplicantArguments extends ChainArguments, PassphraseArguments {
  readonly id: string;
  readonly key: string | undefined;
  readonly wallet: string | undefined;
  readonly signature: string | undefined;
  readonly deadline: string | undefined;
}

/** Who a verb acts for: an account whose key is at hand, or a contract wallet. */
export function applicantArguments(yargs: Argv): Argv<ApplicantArguments> {
  const id = { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" } as const;
  return passphraseArguments(chainArguments(yargs.positional("id", id)))
    .option("key", { type: "string", describe: "Account that sends: encrypted PEM or pkcs11: URI" })
    .option("wallet", { type: "string", describe: "Contract wallet that is the applicant, instead of the account" })
    .option("signature", { type: "string", describe: "The wallet's, as its ERC-1271 takes it; 0x where it needs none" })
    .option("deadline", { type: "string", describe: "Unix seconds that the wallet signed" });
}

export const noApplicant = (): TouchmarkError =>
  new TouchmarkError("USAGE", { data: { missing: "key", hint: "or wallet, where a contract applies" } });

export interface WalletMou {
  readonly wallet: string;
  readonly mou: { readonly deadline: number; readonly signature: string };
}

// The owners of a wallet have to come together.
const SIGNATURE_LIFE_S = 14 * 86_400;

/**
 * The wallet's signature of the MOU in force, or, where it is not given, what has to be signed.
 * @throws USAGE, PREFLIGHT where the wallet does not stand by it
 */
export async function walletMou(
  { id, wallet: given = "", signature, deadline: until }: ApplicantArguments,
  { contract, deployment }: ChainSession,
  expected: string | undefined,
): Promise<WalletMou | { readonly toSign: Result }> {
  const programme = contract("programme");
  const wallet = getAddress(address("wallet", given));
  if (signature !== undefined && until === undefined)
    throw new TouchmarkError("USAGE", { data: { missing: "deadline", hint: "the one that the wallet signed" } });
  if (signature !== undefined && !/^0x([0-9a-f]{2})*$/i.test(signature))
    throw new TouchmarkError("USAGE", { data: { option: "signature", expected: "bytes, hexadecimal from 0x" } });
  const deadline =
    until === undefined
      ? await translated(async () => {
          const block = await programme.runner?.provider?.getBlock("latest");
          if (!block) throw new TouchmarkError("CHAIN_UNREACHABLE");
          return block.timestamp + SIGNATURE_LIFE_S;
        }, programme.interface)
      : Number(wholeNumber("deadline", until));
  const { chainId } = deployment;
  const terms = { programme, manufacturerId: wholeNumber("id", id), chainId, deadline };
  const message = await mouMessage(wallet, { ...terms, ...(expected !== undefined && { expected }) });
  if (signature === undefined) {
    const { domain, types, value } = message;
    const typedData = TypedDataEncoder.getPayload(domain, types, value) as object;
    const digest = TypedDataEncoder.hash(domain, types, value);
    const text = [
      `${wallet} has to sign (EIP-712, digest ${digest}):`,
      JSON.stringify(typedData, null, 2),
      `then run the same again with --deadline ${deadline} --signature 0x…`,
    ].join("\n");
    return { toSign: { json: { wallet, deadline, digest, typedData }, text } };
  }
  await requireWalletSignature(wallet, message, signature, programme);
  return { wallet, mou: { deadline, signature } };
}
