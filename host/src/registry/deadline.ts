// SPDX-License-Identifier: Apache-2.0
import type { Signer } from "ethers";
import { TouchmarkError } from "../errors.ts";

/** Until when a signature counts: so many seconds behind the newest block's time, which is the clock that judges it. @returns unix seconds */
export async function deadlineAfter(account: Signer, seconds: number): Promise<number> {
  const block = await account.provider?.getBlock("latest");
  if (!block) throw new TouchmarkError("CHAIN_UNREACHABLE");
  return block.timestamp + seconds;
}
