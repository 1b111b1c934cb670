// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { several } from "../../registry/batch/several.ts";
import { type CheckedUnit, checkUnit } from "../../registry/device/check.ts";
import { checkProvedUnit } from "../../registry/proof/check-proved.ts";
import { openRegistry } from "../../registry/proof/registry-proofs.ts";
import { chainArguments } from "../chain.ts";
import { readBytes } from "../files.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { proofsOf, provedAt, provedLine, witnessArguments } from "./proofs.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { readUnitList } from "./unit-list.ts";

export const check = verb({
  command: "check <id> <unit>",
  describe: "Hold units against the registry: both directions, manufacturer, attributes; with --witness by proof",
  builder: (yargs) =>
    witnessArguments(registryArguments(chainArguments(yargs)))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("unit", { type: "string", demandOption: true, describe: "Address, or a list as for batch" })
      .example("$0 registry check 7 units.csv", "no key is needed")
      .example(
        "$0 registry check 7 units.csv --witness https://w1.example --witness https://w2.example --state unit.json --root root.pem",
        "proved, or proved not to be there; a node that says otherwise is named",
      ),
  handler: async (args, io) => {
    const units = isAddress(args.unit)
      ? [{ address: args.unit.toLowerCase() }]
      : readUnitList(Buffer.from(await readBytes(args.unit)).toString("utf8"));
    return await withRegistry(args, io, async (session) => {
      const { backend } = session;
      const id = wholeNumber("id", args.id);
      const proofs = await proofsOf(args, session);
      const storage = proofs && (await openRegistry(proofs));
      const checked = await several(units, (unit) =>
        storage ? checkProvedUnit(storage, backend, id, unit) : checkUnit(backend, id, unit),
      );
      const at = storage && proofs && provedAt(storage, proofs);
      const json = at === undefined ? checked : checked.map((unit) => ({ ...unit, ...at }));
      const lines = [...checked.map(line), ...(at === undefined ? [] : [provedLine(at)])];
      return { json, text: lines.join("\n"), refused: checked.some(({ faults }) => faults.length > 0) };
    });
  },
});

function line({ address, device, faults, proved }: CheckedUnit): string {
  const state = device && `${device.tokenId}  ${proved ?? (device.claimed ? "claimed" : "minted")}  ${device.owner}`;
  const verdict = faults.length === 0 ? "ok" : faults.join("; ");
  return [address, state ?? "–", ...(proved === undefined ? [] : ["proved"]), verdict].join("  ");
}
