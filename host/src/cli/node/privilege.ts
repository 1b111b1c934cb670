// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { holderArguments, instant } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

// DIMO's numbers.
const PRIVILEGES = { mint: 1, claim: 2, reset: 3, reprovision: 4, definition: 5 } as const;

export const privilege = verb({
  command: "privilege <id> <what> <address>",
  describe: "Owner: let an account do one thing for the node until a date; a transfer of the node voids it",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("what", { choices: Object.keys(PRIVILEGES), demandOption: true, describe: "What it may do" })
      .positional("address", { type: "string", demandOption: true, describe: "Of a line or a service" })
      .option("until", { type: "string", describe: "Date, UTC" })
      .option("remove", { type: "boolean", describe: "No longer" })
      .conflicts("until", "remove")
      .example("$0 node privilege 7 mint 0x1f9a… --until 2027-06-30 --key owner.pem", ""),
  handler: async (args, io) => {
    if ((args.until === undefined) === (args.remove !== true))
      throw new TouchmarkError("USAGE", { data: { option: "until", expected: "--until a date, or --remove" } });
    const expires = args.until === undefined ? 0 : instant("until", args.until);
    const call = [args.id, PRIVILEGES[args.what as keyof typeof PRIVILEGES], args.address, expires];
    return await sendAs(args, io, "nodes", { method: "setPrivilege", args: call, event: "PrivilegeSet" });
  },
});
