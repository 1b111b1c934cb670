// SPDX-License-Identifier: Apache-2.0
import { Ledger } from "../../ledger/ledger.ts";
import { existing } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { findUnit } from "./find-unit.ts";

export const unit = verb({
  command: "unit <ledger> <name>",
  describe: "What the ledger knows of a unit, and what happened to it",
  builder: (yargs) =>
    yargs
      .positional("ledger", { type: "string", demandOption: true, describe: "A station's ledger.sqlite" })
      .positional("name", { type: "string", demandOption: true, describe: "Chip id, address or serial number" })
      .example("$0 station unit line-a/ledger.sqlite TM1-0001", ""),
  handler: async (args) => {
    using ledger = new Ledger(await existing(args.ledger));
    const row = findUnit(ledger, args.name);
    const events = ledger.events.of(row.chipId);
    const { chipId, address, serial, hardwareModel, state, tokenId, certificateSerial } = row;
    const summary = { chipId, address, serial, hardwareModel, state, tokenId, certificateSerial };
    const lines = events.map(
      ({ at, what, data }) => `${new Date(at * 1000).toISOString()}  ${what}  ${JSON.stringify(data)}`,
    );
    return { json: { ...summary, events }, text: [table(Object.entries(summary)), "", ...lines].join("\n") };
  },
});
