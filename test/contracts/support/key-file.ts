// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";
import { HDNodeWallet, Mnemonic } from "ethers";
import { fromHex } from "../../../host/src/protocol/bytes.ts";
import { encryptKey } from "../../../host/src/protocol/encrypted-key.ts";
import { encodePem } from "../../../host/src/protocol/pem.ts";
import { type Account, accountNames } from "./world.ts";

// Hardhat's own, public phrase; its accounts are the world's, in order.
const PHRASE = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

/** An account of the world as a key file, encrypted. */
export async function writeKeyFile(path: string, account: Account, passphrase: string): Promise<void> {
  const { privateKey } = HDNodeWallet.fromMnemonic(PHRASE, `m/44'/60'/0'/0/${accountNames.indexOf(account)}`);
  writeFileSync(path, encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(fromHex(privateKey), passphrase)));
}
