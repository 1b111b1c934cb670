// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { readLicenseStatus } from "../../registry/license/license-status.ts";
import { warningsOf } from "../../registry/license/warnings.ts";
import { type Sighting, watchLicense } from "../../registry/license/watch.ts";
import { withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { licenseParts, readArguments } from "./parts.ts";

export const watch = verb({
  command: "watch <id>",
  describe:
    "Say when a license's standing changes or something is about to end; with --once look once, exit code 1 where there is a warning",
  builder: (yargs) =>
    readArguments(yargs)
      .option("days", { type: "number", default: 30, describe: "Warn so many days ahead" })
      .option("poll", { type: "number", default: 60, describe: "Seconds between two looks" })
      .option("once", { type: "boolean", default: false, describe: "Look once" })
      .option("until-change", {
        type: "boolean",
        default: false,
        describe: "End, with exit code 1, when standing changes",
      })
      .example("$0 license watch 7 --days 60", "goes on where the node drops out; with --json a line for each sighting")
      .example("$0 license watch 7 --once", "for a timer"),
  handler: async (args, io) => {
    if (!(args.poll > 0) || !(args.days >= 0))
      throw new TouchmarkError("USAGE", {
        data: { option: args.poll > 0 ? "days" : "poll", expected: "a number above 0" },
      });
    return await withChain(args, io, async (session) => {
      const [parts, manufacturerId] = [licenseParts(session), wholeNumber("id", args.id)];
      const fromBlock = args["from-block"];
      if (args.once) {
        const { standing, block, ...rest } = await readLicenseStatus(parts, manufacturerId, fromBlock);
        const warnings = warningsOf({ standing, block, ...rest }, args.days).map(({ text }) => text);
        const text = warnings.length === 0 ? "nothing to warn of" : warnings.join("\n");
        return { json: { manufacturerId, standing, block, warnings }, text, refused: warnings.length > 0 };
      }
      const terms = { manufacturerId, fromBlock, days: args.days, poll: args.poll * 1000 };
      for await (const sighting of watchLicense(parts, terms)) {
        io.line(sighting, textOf(sighting));
        if (args["until-change"] && sighting.kind === "standing" && sighting.was !== null) {
          return { json: undefined, text: "", refused: true };
        }
      }
      throw new TouchmarkError("INTERRUPTED");
    });
  },
});

function textOf(sighting: Sighting): string {
  switch (sighting.kind) {
    case "standing":
      return sighting.was === null
        ? `standing is ${sighting.is}`
        : `standing changed: ${sighting.was} → ${sighting.is}`;
    case "warning":
      return `warning: ${sighting.text}`;
    case "over":
      return `no longer: ${sighting.text}`;
    case "event":
      return `block ${sighting.event.block}: ${sighting.event.event}`;
    case "unreachable":
      return "the node does not answer; asking on";
    case "reachable":
      return "the node answers again";
    case "reorganized":
      return "blocks were taken back";
  }
}
