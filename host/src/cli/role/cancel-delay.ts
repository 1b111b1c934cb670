// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const cancelDelay = verb({
  command: "cancel-delay",
  describe: "Admin: take a scheduled change of the delay back",
  builder: (yargs) => accountArguments(yargs).example("$0 role cancel-delay --key admin.pem", ""),
  handler: (args, io) => send(args, io, "roles", { method: "rollbackDefaultAdminDelay", args: [] }),
});
