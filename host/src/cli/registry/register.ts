// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { attributeFault, type UnitAttributes } from "../../registry/attributes.ts";
import type { RegistrableUnit } from "../../registry/register.ts";
import { readBytes } from "../files.ts";
import { address } from "../numbers.ts";
import { verb } from "../verb.ts";
import { listArguments, registerList } from "./register-list.ts";
import { readUnitList } from "./unit-list.ts";

export const register = verb({
  command: "register <id> <unit>",
  describe:
    "Register a unit, or a list of them; run again after any stop, it goes on; a station does it as it provisions",
  builder: (yargs) =>
    listArguments(yargs)
      .positional("unit", { type: "string", demandOption: true, describe: "Birth address, or a list as for batch" })
      .option("serial", { type: "string", describe: "Of one unit: product serial number" })
      .option("imei", { type: "string", describe: "15 digits" })
      .option("definition-uri", { type: "string", describe: "Of its model" })
      .option("hardware-revision", { type: "string", describe: "Of its board" })
      .option("dev-eui", { type: "string", describe: "LoRaWAN: 16 hexadecimal digits" })
      .example("$0 registry register 7 0x84bc… --serial TM1-0001 --key owner.pem", "")
      .example("$0 registry register 7 units.csv --key owner.pem --backend dimo --rpc https://… --chain-id 80002", ""),
  handler: async (args, io) => {
    if (!/^0x/i.test(args.unit))
      return await registerList(args, io, readUnitList(Buffer.from(await readBytes(args.unit)).toString("utf8")));
    const { serial, imei, "definition-uri": definitionUri, "hardware-revision": hardwareRevision } = args;
    const given = { serial, imei, definitionUri, hardwareRevision, devEui: args["dev-eui"] };
    return await registerList(args, io, [{ address: address("unit", args.unit), ...attributesOf(given) }]);
  },
});

type Given = Readonly<Record<keyof UnitAttributes, string | undefined>>;

/** @throws USAGE */
function attributesOf(given: Given): Omit<RegistrableUnit, "address"> {
  const present = Object.entries(given).filter(([, value]) => value !== undefined) as [keyof UnitAttributes, string][];
  if (given.serial === undefined) throw new TouchmarkError("USAGE", { data: { missing: "serial" } });
  for (const [field, value] of present) {
    const expected = attributeFault(field, value);
    if (expected !== undefined) throw new TouchmarkError("USAGE", { data: { option: field, expected } });
  }
  return Object.fromEntries(present) as unknown as UnitAttributes;
}
