// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { Ledger } from "../../ledger/ledger.ts";
import type { UnitRow } from "../../ledger/units.ts";
import { existing } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

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
    const row = find(ledger, args.name);
    const events = ledger.events.of(row.chipId);
    const { chipId, address, serial, hardwareModel, state, tokenId, certificateSerial } = row;
    const summary = { chipId, address, serial, hardwareModel, state, tokenId, certificateSerial };
    const lines = events.map(
      ({ at, what, data }) => `${new Date(at * 1000).toISOString()}  ${what}  ${JSON.stringify(data)}`,
    );
    return { json: { ...summary, events }, text: [table(Object.entries(summary)), "", ...lines].join("\n") };
  },
});

function find({ units }: Ledger, name: string): UnitRow {
  const row = units.byChip(name.toLowerCase()) ?? units.byAddress(name.toLowerCase()) ?? units.bySerial(name);
  if (!row) throw new TouchmarkError("USAGE", { data: { name, hint: "no unit of this ledger" } });
  return row;
}
