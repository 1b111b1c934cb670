// SPDX-License-Identifier: Apache-2.0
import type { Argv } from "yargs";
import type { LicenseParts } from "../../registry/license/license-status.ts";
import { type ChainArguments, type ChainSession, chainArguments } from "../chain.ts";

export interface ReadArguments extends ChainArguments {
  readonly id: string;
  readonly "from-block": number;
}

/** Reading about one manufacturer; nobody's key is needed. */
export function readArguments(yargs: Argv): Argv<ReadArguments> {
  return chainArguments(yargs)
    .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
    .option("from-block", { type: "number", default: 0, describe: "Block of the deployment: where events begin" });
}

export function licenseParts({ contract }: ChainSession): LicenseParts {
  const [nodes, programme] = [contract("nodes"), contract("programme")];
  return { nodes, programme, board: contract("board"), registry: contract("registry") };
}
