// SPDX-License-Identifier: Apache-2.0
import { Ledger } from "../../ledger/ledger.ts";
import { refurbish as refurbishUnit } from "../../station/repair.ts";
import { clock } from "../ca/keys.ts";
import { accountArguments } from "../chain.ts";
import { existing } from "../files.ts";
import { table } from "../print.ts";
import { registryArguments, withRegistry } from "../registry/registry-session.ts";
import { verb } from "../verb.ts";
import { findUnit } from "./find-unit.ts";

export const refurbish = verb({
  command: "refurbish <ledger> <name>",
  describe: "Take a returned unit's ownership back; it keeps its key, certificate and serial number",
  builder: (yargs) =>
    registryArguments(accountArguments(yargs))
      .positional("ledger", { type: "string", demandOption: true, describe: "A station's ledger.sqlite" })
      .positional("name", { type: "string", demandOption: true, describe: "Chip id, address or serial number" })
      .option("by", { choices: ["owner", "maker"] as const, default: "maker", describe: "Whose --key it is" })
      .option("claimed", { type: "boolean", default: false, describe: "By the maker: the owner has agreed" })
      .example("$0 station refurbish line-a/ledger.sqlite TM1-0001 --claimed --key owner.pem", ""),
  handler: async (args, io) => {
    using ledger = new Ledger(await existing(args.ledger));
    const unit = findUnit(ledger, args.name);
    const by = args.by === "owner" ? "owner" : "maker";
    const after = await withRegistry(args, io, ({ backend }) =>
      refurbishUnit({ ledger, backend, now: clock }, unit, by, args.claimed),
    );
    const { chipId, address, serial, state, tokenId } = after;
    const json = { chipId, address, serial, state, tokenId };
    return { json, text: table(Object.entries(json)) };
  },
});
