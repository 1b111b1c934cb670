// SPDX-License-Identifier: Apache-2.0
// What the contract refuses whatever the unit signs, found out before anybody presses its button: signatures are counted.
import { type Contract, Wallet } from "ethers";
import { isTouchmarkError } from "../../errors.ts";
import { read } from "../transaction.ts";
import type { DeviceAct } from "./device-act.ts";

/**
 * Asks the contract with a stranger's signature, which has to be all that is wrong.
 * @throws TRANSACTION_REVERTED where something else is
 */
export async function rehearse(contract: Contract, act: DeviceAct, digest: string): Promise<void> {
  const { serialized } = Wallet.createRandom().signingKey.sign(digest);
  try {
    await read(contract, act.method, ...act.args, serialized);
  } catch (error) {
    if (!isTouchmarkError(error, "TRANSACTION_REVERTED") || error.data["error"] !== "InvalidAdSignature") throw error;
  }
}
