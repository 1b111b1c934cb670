// SPDX-License-Identifier: Apache-2.0
import { type ProvisioningStep, provisioningSteps, provision as provisionUnit } from "../../station/provision.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { stationArguments, withStation } from "./station-session.ts";
import { testResults } from "./tests.ts";

export const provision = verb({
  command: "provision <port>",
  describe: "Take a unit from blank to locked, or on from where it stands",
  builder: (yargs) =>
    stationArguments(yargs)
      .option("serial", { type: "string", demandOption: true, describe: "Product serial number" })
      .option("imei", { type: "string", describe: "15 digits" })
      .option("batch", { type: "boolean", default: false, describe: "No node now: for registry root" })
      .option("until", { choices: provisioningSteps, default: "lock", describe: "The last step to take" })
      .example(
        "$0 station provision /dev/ttyACM0 --line line-a --release 1.0.0.release --factory factory.bin --model TM-1 --serial TM1-0001 --ict ict.txt --qa qa.txt --key owner.pem --rpc http://127.0.0.1:8545 --witness https://w1.example https://w2.example",
        "lock is irreversible",
      ),
  handler: async (args, io) => {
    const { serial, imei, chip } = args;
    const tests = await testResults(args);
    const order = { serial, tests, ...(imei !== undefined && { imei }), ...(chip !== undefined && { chipId: chip }) };
    const until = args.until as ProvisioningStep;
    const row = await withStation(args, io, ({ station, unit, onStep }) =>
      provisionUnit(station, unit, order, { until, batch: args.batch, onStep }),
    );
    const { chipId, address, state, tokenId, certificateSerial } = row ?? {};
    const json = { chipId, address, serial: row?.serial, state, tokenId, certificateSerial };
    return { json, text: table(Object.entries(json)) };
  },
});
