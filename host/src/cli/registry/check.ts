// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { several } from "../../registry/batch/several.ts";
import { type CheckedUnit, checkUnit } from "../../registry/device/check.ts";
import { chainArguments } from "../chain.ts";
import { readBytes } from "../files.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { readUnitList } from "./unit-list.ts";

export const check = verb({
  command: "check <id> <unit>",
  describe: "Hold units against the registry: both directions, manufacturer, attributes",
  builder: (yargs) =>
    registryArguments(chainArguments(yargs))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("unit", { type: "string", demandOption: true, describe: "Address, or a list as for batch" })
      .example("$0 registry check 7 units.csv", "no key is needed"),
  handler: async (args, io) => {
    const units = isAddress(args.unit)
      ? [{ address: args.unit.toLowerCase() }]
      : readUnitList(Buffer.from(await readBytes(args.unit)).toString("utf8"));
    return await withRegistry(args, io, async ({ backend }) => {
      const id = wholeNumber("id", args.id);
      const json = await several(units, (unit) => checkUnit(backend, id, unit));
      return { json, text: json.map(line).join("\n"), refused: json.some(({ faults }) => faults.length > 0) };
    });
  },
});

function line({ address, device, faults }: CheckedUnit): string {
  const state = device && `${device.tokenId}  ${device.claimed ? "claimed" : "minted"}  ${device.owner}`;
  return [address, state ?? "–", faults.length === 0 ? "ok" : faults.join("; ")].join("  ");
}
