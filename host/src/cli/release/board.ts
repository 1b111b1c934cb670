// SPDX-License-Identifier: Apache-2.0
// What announce and withdraw share: a release, and the board that its manifest names.
import { getAddress } from "ethers";
import type { Argv } from "yargs";
import { decodeBundle } from "../../protocol/bundle.ts";
import { toHex } from "../../protocol/bytes.ts";
import { decodeSignedRelease, releaseOf, type SignedRelease } from "../../protocol/signed-release.ts";
import { decodeManifest, type Manifest, manifestDigest } from "../../protocol/suit-manifest.ts";
import { contractAt } from "../../registry/deploy.ts";
import { KeyAccount, staticProvider } from "../../registry/key-account.ts";
import type { Call } from "../../registry/transaction.ts";
import { type BoardRelease, sendToBoard } from "../../release/announce.ts";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import { readBytes } from "../files.ts";
import type { Io } from "../io.ts";
import { openKeyOf, type PassphraseArguments, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { byWallet, noSender } from "../sender.ts";
import type { Result } from "../verb.ts";

export interface BoardArguments extends PassphraseArguments {
  readonly release: string;
  readonly rpc: string;
  readonly key: string | undefined;
  readonly wallet: string | undefined;
}

export function boardArguments(yargs: Argv): Argv<BoardArguments> {
  return passphraseArguments(yargs)
    .positional("release", { type: "string", demandOption: true, describe: "A signed release or a bundle" })
    .option("rpc", { type: "string", demandOption: true, describe: "URL of a node of the release's chain" })
    .option("key", { type: "string", describe: "Owner's or announcer's: encrypted PEM or pkcs11: URI" })
    .option("wallet", { type: "string", describe: "Contract wallet that sends, instead of the key: says what" })
    .conflicts("wallet", "key");
}

/** A signed release as it stands, or the one inside a bundle. @throws FILE_MISSING, ENVELOPE_MALFORMED */
export async function readRelease(path: string): Promise<SignedRelease> {
  const bytes = await readBytes(path);
  try {
    return decodeSignedRelease(bytes);
  } catch {
    return releaseOf(decodeBundle(bytes));
  }
}

/** The manifest of a signed release or of a bundle, also where it carries a delta. @throws as readRelease */
export async function readManifest(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  try {
    return decodeSignedRelease(bytes).manifest;
  } catch {
    return decodeBundle(bytes).manifest;
  }
}

export async function onBoard(
  args: BoardArguments,
  io: Io,
  callFor: (release: BoardRelease, manifest: Manifest) => Promise<Call>,
): Promise<Result> {
  const encoded = await readManifest(args.release);
  const manifest = decodeManifest(encoded);
  const { chainId, manufacturerId, board: address } = manifest.license;
  await new EthereumNode(args.rpc).requireChain(chainId);
  const provider = staticProvider(args.rpc, chainId);
  try {
    const { key, wallet } = args;
    if (wallet === undefined && key === undefined) throw noSender();
    using signer = key === undefined ? undefined : await openKeyOf(args, key, io);
    const runner = signer === undefined ? provider : new KeyAccount(signer, provider);
    const board = contractAt("OtaBoard", getAddress(`0x${toHex(address)}`), runner);
    const digest = manifestDigest(encoded);
    const call = await callFor({ board, manufacturerId, digest }, manifest);
    if (wallet !== undefined) return await byWallet(wallet, chainId, call);
    const { hash, block } = await sendToBoard(call);
    const json = { digest, transaction: hash, block, account: signer?.address };
    return { json, text: table(Object.entries(json)) };
  } finally {
    provider.destroy();
  }
}
