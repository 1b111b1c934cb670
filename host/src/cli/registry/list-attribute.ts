// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const listAttribute = verb({
  command: "list-attribute <name>",
  describe:
    "Admin: add a name to the attributes that a unit may have, for good; registry attribute gives it, registry show --attribute reads it; our registry alone",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("name", { type: "string", demandOption: true, describe: "As attribute will be given it" })
      .option("fixed", {
        type: "boolean",
        default: false,
        describe:
          "Given when a unit is registered, or never: by callers of the contract alone, lists have no column for it",
      })
      .example("$0 registry list-attribute Color --key admin.pem", ""),
  handler: (args, io) => {
    const call = args.fixed
      ? { method: "addFixedAttribute", event: "FixedAttributeAdded" }
      : { method: "addAftermarketDeviceAttribute", event: "AftermarketDeviceAttributeAdded" };
    return send(args, io, "registry", { ...call, args: [args.name] });
  },
});
