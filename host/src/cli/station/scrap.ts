// SPDX-License-Identifier: Apache-2.0
import { Ledger } from "../../ledger/ledger.ts";
import { scrap as scrapUnit } from "../../station/repair.ts";
import { clock } from "../ca/keys.ts";
import { accountArguments } from "../chain.ts";
import { existing } from "../files.ts";
import { table } from "../print.ts";
import { registryArguments, withRegistry } from "../registry/registry-session.ts";
import { verb } from "../verb.ts";
import { findUnit } from "./find-unit.ts";

export const scrap = verb({
  command: "scrap <ledger> <name>",
  describe: "Retire a unit for good: its node is revoked, nobody takes it for genuine any more",
  builder: (yargs) =>
    registryArguments(accountArguments(yargs))
      .positional("ledger", { type: "string", demandOption: true, describe: "A station's ledger.sqlite" })
      .positional("name", { type: "string", demandOption: true, describe: "Chip id, address or serial number" })
      .option("reason", { type: "string", default: "scrapped", describe: "At most 31 bytes, public" })
      .example("$0 station scrap line-a/ledger.sqlite TM1-0001 --key owner.pem", "irreversible"),
  handler: async (args, io) => {
    using ledger = new Ledger(await existing(args.ledger));
    const unit = findUnit(ledger, args.name);
    const after = await withRegistry(args, io, ({ backend }) =>
      scrapUnit({ ledger, backend, now: clock }, unit, args.reason),
    );
    const { chipId, address, serial, state, tokenId } = after;
    const json = { chipId, address, serial, state, tokenId };
    return { json, text: table(Object.entries(json)) };
  },
});
