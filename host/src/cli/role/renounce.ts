// SPDX-License-Identifier: Apache-2.0
import { transact } from "../../registry/transaction.ts";
import { accountArguments, sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { roleId, roleNames } from "./role-id.ts";

export const renounce = verb({
  command: "renounce <role>",
  describe: "Holder: give a role up",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("role", { choices: roleNames, demandOption: true, describe: "Which" })
      .example("$0 role renounce licensor --key licensor.pem", ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account }) => {
      const roles = contract("roles");
      const call = [await roleId(roles, args.role), await account?.getAddress()];
      return sent(await transact({ contract: roles, method: "renounceRole", args: call, event: "RoleRevoked" }));
    }),
});
