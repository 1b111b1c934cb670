// SPDX-License-Identifier: Apache-2.0
import type { Contract } from "ethers";
import { read } from "../transaction.ts";
import { type BlockRange, historyOf } from "./history.ts";

export interface ModelStatus {
  readonly name: string;
  /** Keccak-256 of the name. */
  readonly id: string;
  /** Unix seconds; 0 = withdrawn, or of a former application. */
  readonly validUntil: bigint;
}

/** Every model that was ever certified, from the events; how long each is, from the contract. */
export async function readModels(programme: Contract, id: bigint, range: BlockRange): Promise<ModelStatus[]> {
  const certified = await historyOf(programme, ["ModelCertified"], id, range);
  const names = new Map(certified.map(({ args }) => [String(args["model"]), String(args["name"])]));
  return await Promise.all(
    [...names].map(async ([model, name]) => {
      const at = { blockTag: range.toBlock };
      return { name, id: model, validUntil: await read<bigint>(programme, "modelValidUntil", id, model, at) };
    }),
  );
}
