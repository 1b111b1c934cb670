// SPDX-License-Identifier: Apache-2.0

import { transact } from "../../registry/transaction.ts";
import { accountArguments, sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { roleId, roleNames } from "./role-id.ts";

export const revoke = verb({
  command: "revoke <role> <address>",
  describe: "Admin: take a role from an account",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("role", { choices: roleNames, demandOption: true, describe: "Which" })
      .positional("address", { type: "string", demandOption: true, describe: "Account" })
      .example("$0 role revoke licensor 0x1f9a… --key admin.pem", ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const roles = contract("roles");
      const call = [await roleId(roles, args.role), args.address];
      return sent(await transact({ contract: roles, method: "revokeRole", args: call, event: "RoleRevoked" }));
    }),
});
