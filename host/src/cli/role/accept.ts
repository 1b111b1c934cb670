// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const accept = verb({
  command: "accept",
  describe: "Proposed admin: accept, once the delay has passed",
  builder: (yargs) => accountArguments(yargs).example("$0 role accept --key new-admin.pem", "second of two steps"),
  handler: (args, io) =>
    send(args, io, "roles", { method: "acceptDefaultAdminTransfer", args: [], event: "RoleGranted" }),
});
