// SPDX-License-Identifier: Apache-2.0
// The arguments that every verb on a unit has.
import type { Argv } from "yargs";
import { DEFAULT_BAUD_RATE } from "../../device/transport.ts";
import { UnitClient } from "../../device/unit-client.ts";

export interface PortArguments {
  readonly port: string;
  readonly baud: number;
}

export function portArguments(yargs: Argv): Argv<PortArguments> {
  return yargs
    .positional("port", { type: "string", demandOption: true, describe: "/dev/ttyACM0, unix:PATH or tcp:HOST:PORT" })
    .option("baud", { type: "number", default: DEFAULT_BAUD_RATE, describe: "Bits a second, on serial lines" });
}

/** Connects, uses the unit, and lets go of the port whatever happens. */
export async function withUnit<T>(args: PortArguments, use: (unit: UnitClient) => Promise<T>): Promise<T> {
  const unit = await UnitClient.connect(args.port, { baudRate: args.baud });
  try {
    return await use(unit);
  } finally {
    await unit.close();
  }
}
