// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { type FuseStep, fusePlan } from "../../device/fuse-plan.ts";
import { secureBootKeys } from "../../device/fuses.ts";
import {
  type FuseJournal,
  type FuseRecord,
  harden as hardenChip,
  planState,
  type StepState,
} from "../../device/harden.ts";
import { RomLoader } from "../../device/rom-loader.ts";
import { readyForSecureBoot, readyToClose } from "../../device/secure-boot.ts";
import { TouchmarkError } from "../../errors.ts";
import { appendLine } from "../../files.ts";
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
      .option("factory", { type: "string", describe: "Factory image that the chip holds; --burn asks for it" })
      .option("secure-boot", {
        type: "string",
        describe: "In place of --factory: nothing but what its key signed starts any more",
      })
      .option("security-version", {
        type: "number",
        default: 0,
        describe: "Raise the rollback counter's mirror to this",
      })
      .option("reset", { type: "boolean", default: true, describe: "Enter download mode by DTR and RTS" })
      .example("$0 device harden /dev/ttyUSB0", "the plan, and what of it is burned")
      .example("$0 device harden /dev/ttyUSB0 --burn --factory factory.bin --journal unit-7.jsonl", "")
      .example("$0 device harden /dev/ttyUSB0 --burn --secure-boot factory.bin --journal unit-7.jsonl", ""),
  handler: async (args, io) => {
    const path = args["secure-boot"] ?? args.factory;
    // A chip whose loader is closed over a flash that does not start is lost.
    if (args.burn && path === undefined)
      throw new TouchmarkError("USAGE", { data: { expected: "--factory or --secure-boot with --burn" } });
    const factory = path === undefined ? undefined : await readBytes(path);
    const further = await Promise.all(args.digest.map(readBytes));
    const journal = journalIn(args.journal);
    await using loader = await RomLoader.open(args.port, { baudRate: args.baud, reset: args.reset });
    const securityVersion = args["security-version"];
    const secureBoot = args["secure-boot"] !== undefined;
    const digests = [...further];
    if (factory && secureBoot) digests.unshift(await readyForSecureBoot(loader, factory, securityVersion));
    else if (factory) await readyToClose(loader, factory, securityVersion);
    const plan = fusePlan({ digests, secureBoot, securityVersion });
    const states = await planState(loader, plan);
    io.say(table(plan.map(({ name, why }, at) => [name, `${states[at]}: ${why}`])));
    if (!secureBoot && (await secureBootKeys(loader)) === undefined) io.say(WITHOUT_SECURE_BOOT);
    if (args.burn)
      await hardenChip(loader, plan, journal, (step, state) => {
        states[plan.indexOf(step)] = state;
        io.say(doneWith(step, state));
      });
    const steps = plan.map(({ name }, at) => ({ name, state: states[at] }));
    const isSure = states.every((state) => state === "burned");
    const done = isSure
      ? "burned"
      : "burned, the last fuse unconfirmed: touchmark device hello shows what the unit finds";
    return {
      json: { burned: args.burn, secureBoot, steps },
      text: args.burn ? done : "nothing was burned: --burn does it",
    };
  },
});

function doneWith(step: FuseStep, state: StepState): string {
  return state === "unconfirmed"
    ? `ordered ${step.name}: the loader is silent since`
    : `burned and read back ${step.name}`;
}

function journalIn(path: string): FuseJournal {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  // A line that does not end was cut while it was written: its step was not begun.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const records = whole
    .split("\n")
    .slice(0, -1)
    .map((line) => recordOf(path, line));
  let isTorn = whole.length < text.length;
  return {
    records,
    append: (record) => {
      if (isTorn) truncateSync(path, Buffer.byteLength(whole));
      isTorn = false;
      appendLine(path, JSON.stringify(record), 0o600);
    },
  };
}

function recordOf(path: string, line: string): FuseRecord {
  const refused = (cause?: unknown): TouchmarkError =>
    new TouchmarkError("USAGE", { data: { path, line, expected: "a journal of fuses" }, cause });
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (cause) {
    throw refused(cause);
  }
  if (typeof record !== "object" || record === null) throw refused();
  const { chip, step, state } = record as Record<string, unknown>;
  const isState = state === "begin" || state === "done" || state === "unconfirmed";
  if (typeof chip !== "string" || typeof step !== "string" || !isState) throw refused();
  return { chip, step, state };
}
