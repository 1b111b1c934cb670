// SPDX-License-Identifier: Apache-2.0
import { readBytes } from "../files.ts";
import { verb } from "../verb.ts";
import { listArguments, registerList } from "./register-list.ts";
import { readUnitList } from "./unit-list.ts";

export const batch = verb({
  command: "batch <id> <file>",
  describe: "Register many units; run again after any stop, it goes on and sends nothing twice",
  builder: (yargs) =>
    listArguments(yargs)
      .positional("file", { type: "string", demandOption: true, describe: "CSV or JSON of address, serial, imei, …" })
      .example("$0 registry batch 7 units.csv --key owner.pem", "")
      .example("$0 registry batch 7 units.csv --key owner.pem --backend dimo --rpc https://… --chain-id 137", "")
      .example(
        "$0 registry batch 7 units.csv --key owner.pem --witness https://w1.example --witness https://w2.example --state unit.json --root root.pem",
        "ends once each unit is proved, whatever the node says",
      )
      .example("$0 registry batch 7 units.csv --key owner.pem --depth 1", "on a development chain"),
  handler: async (args, io) =>
    await registerList(args, io, readUnitList(Buffer.from(await readBytes(args.file)).toString("utf8"))),
});
