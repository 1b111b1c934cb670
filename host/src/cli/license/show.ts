// SPDX-License-Identifier: Apache-2.0
import { chainTime } from "../../protocol/chain-date.ts";
import { enums, words } from "../../protocol/generated.ts";
import { read } from "../../registry/transaction.ts";
import { chainArguments, withChain } from "../chain.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

interface License {
  readonly licensee: string;
  readonly life: bigint;
  readonly expiry: bigint;
  readonly quota: bigint;
}

export const show = verb({
  command: "show <id>",
  describe: "What the programme says of a license, and what the board shows to units",
  builder: (yargs) =>
    chainArguments(
      yargs.positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" }),
    ).example("$0 license show 7", "no key is needed"),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const programme = contract("programme");
      const { licensee, life, expiry, quota } = await read<License>(programme, "licenseOf", args.id);
      const word = await read<bigint>(contract("board"), "license", args.id);
      const name = await read<string>(contract("nodes"), "getManufacturerNameById", args.id);
      if (name === "")
        return { json: { manufacturerId: args.id, name: null }, text: "no such ManufacturerID", refused: true };
      const status = Number((word >> 240n) & 0xffn);
      const json = {
        name,
        licensee,
        life: nameOf(enums.life, Number(life)),
        until: dateOf(expiry),
        quota,
        board: status === 0 ? "none" : nameOf(words.licenseStatus, status),
        boardUntil: dateOf((word >> 160n) & 0xffffffffffffn),
      };
      return { json, text: table(Object.entries(json)) };
    }),
});

function nameOf(names: Readonly<Record<string, number>>, number: number): string {
  return Object.entries(names).find(([, value]) => value === number)?.[0] ?? `unknown (${number})`;
}

function dateOf(seconds: bigint): string {
  return seconds === 0n ? "never" : chainTime(seconds);
}
