// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { send } from "../chain.ts";
import { nodeArguments } from "../license/arguments.ts";
import { verb } from "../verb.ts";

export const info = verb({
  command: "info <id> <pairs..>",
  describe: "Admin: set attributes of a manufacturer",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("pairs", { type: "string", array: true, demandOption: true, describe: "NAME=TEXT" })
      .example("$0 node info 7 URL=https://acme.example --key admin.pem", ""),
  handler: (args, io) => {
    const call = [args.id, args.pairs.map(pairOf)];
    return send(args, io, "nodes", { method: "setManufacturerInfo", args: call, event: "ManufacturerAttributeSet" });
  },
});

function pairOf(text: string): { readonly attribute: string; readonly info: string } {
  const at = text.indexOf("=");
  if (at < 1) throw new TouchmarkError("USAGE", { data: { option: "pairs", expected: "NAME=TEXT", text } });
  return { attribute: text.slice(0, at), info: text.slice(at + 1) };
}
