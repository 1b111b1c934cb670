// SPDX-License-Identifier: Apache-2.0
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { type FuseStep, fusePlan } from "../../device/fuse-plan.ts";
import { type FuseJournal, type FuseRecord, harden as hardenChip, planState } from "../../device/harden.ts";
import { RomLoader } from "../../device/rom-loader.ts";
import { readyForSecureBoot } from "../../device/secure-boot.ts";
import { TouchmarkError } from "../../errors.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments } from "./port.ts";

const WITHOUT_SECURE_BOOT =
  "SECURE_BOOT_EN is not in this plan: who can write the flash can replace the bootloader. --secure-boot puts it in.";

export const harden = verb({
  command: "harden <port>",
  describe: "Show the plan of fuses for an ESP32-C3 in download mode; with --burn, burn it, for good",
  builder: (yargs) =>
    portArguments(yargs)
      .option("burn", { type: "boolean", default: false, describe: "Burn; without, nothing is changed" })
      .option("journal", { type: "string", default: "fuses.jsonl", describe: "What was burned, of this one chip" })
      .option("digest", {
        type: "string",
        array: true,
        default: [],
        describe: "File of 32 bytes: digest of a further secure boot key",
      })
      .option("secure-boot", {
        type: "string",
        describe: "Factory image that the chip holds: nothing but what its key signed starts any more",
      })
      .option("security-version", {
        type: "number",
        default: 0,
        describe: "Raise the rollback counter's mirror to this",
      })
      .option("reset", { type: "boolean", default: true, describe: "Enter download mode by DTR and RTS" })
      .example("$0 device harden /dev/ttyUSB0", "the plan, and what of it is burned")
      .example("$0 device harden /dev/ttyUSB0 --burn --secure-boot factory.bin --journal unit-7.jsonl", ""),
  handler: async (args, io) => {
    const factory = args["secure-boot"] === undefined ? undefined : await readBytes(args["secure-boot"]);
    const further = await Promise.all(args.digest.map(readBytes));
    await using loader = await RomLoader.open(args.port, { baudRate: args.baud, reset: args.reset });
    const key = factory && (await readyForSecureBoot(loader, factory));
    const digests = [...(key ? [key] : []), ...further];
    const secureBoot = key !== undefined;
    const plan = fusePlan({ digests, secureBoot, securityVersion: args["security-version"] });
    const before = await planState(loader, plan);
    io.say(table(plan.map(({ name, why }, at) => [name, `${before[at]}: ${why}`])));
    if (!secureBoot) io.say(WITHOUT_SECURE_BOOT);
    if (args.burn) await hardenChip(loader, plan, journalIn(args.journal), (step) => io.say(doneWith(step)));
    const steps = plan.map(({ name }, at) => ({ name, state: args.burn ? "burned" : before[at] }));
    return {
      json: { burned: args.burn, secureBoot, steps },
      text: args.burn ? "burned" : "nothing was burned: --burn does it",
    };
  },
});

function doneWith(step: FuseStep): string {
  return "closesLoader" in step ? `burned ${step.name}: the loader is closed` : `burned and read back ${step.name}`;
}

function journalIn(path: string): FuseJournal {
  // A line that does not end was cut while it was written: its step was not begun.
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  const records = lines.map((line): FuseRecord => {
    try {
      return JSON.parse(line) as FuseRecord;
    } catch (cause) {
      throw new TouchmarkError("USAGE", { data: { path, line, expected: "a journal of fuses" }, cause });
    }
  });
  return {
    records,
    append: (record) => {
      const file = openSync(path, "a", 0o600);
      try {
        writeSync(file, `${JSON.stringify(record)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}
