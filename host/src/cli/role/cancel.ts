// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const cancel = verb({
  command: "cancel",
  describe: "Admin: take a proposed hand-over back",
  builder: (yargs) => accountArguments(yargs).example("$0 role cancel --key admin.pem", ""),
  handler: (args, io) => send(args, io, "roles", { method: "cancelDefaultAdminTransfer", args: [] }),
});
