// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { several } from "../../registry/batch/several.ts";
import { type CheckedUnit, checkUnit, type ListedUnit } from "../../registry/device/check.ts";
import { checkProvedUnit } from "../../registry/proof/check-proved.ts";
import { provedRoot } from "../../registry/proof/proved-root.ts";
import type { ProvedStorage } from "../../registry/proof/proved-storage.ts";
import { openRegistry } from "../../registry/proof/registry-proofs.ts";
import { askedRoot, type CheckedLeaf, checkRoot } from "../../registry/roots/check-root.ts";
import { requireRoots } from "../../registry/roots/commit-root.ts";
import type { RootFile } from "../../registry/roots/root-file.ts";
import { chainArguments } from "../chain.ts";
import { readBytes } from "../files.ts";
import { address, wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { proofsOf, provedAt, provedLine, witnessArguments } from "./proofs.ts";
import { type RegistrySession, registryArguments, withRegistry } from "./registry-session.ts";
import { rootFileOf } from "./root-file-of.ts";
import { readUnitList } from "./unit-list.ts";

export const check = verb({
  command: "check <id> <unit>",
  describe: "Hold units against the registry: both directions, manufacturer, attributes; with --witness by proof",
  builder: (yargs) =>
    witnessArguments(registryArguments(chainArguments(yargs)))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("unit", {
        type: "string",
        demandOption: true,
        describe: "Address, a list as for batch, or a file of registry root",
      })
      .example("$0 registry check 7 units.csv", "no key is needed")
      .example(
        "$0 registry check 7 units.csv --witness https://w1.example --witness https://w2.example --state unit.json --root root.pem",
        "proved, or proved not to be there; a node that says otherwise is named",
      ),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const id = wholeNumber("id", args.id);
      const units = await unitsOf(args.unit, id, session);
      const proofs = await proofsOf(args, session);
      const storage = proofs && (await openRegistry(proofs));
      const { checked, lines } = await checkAll(units, id, session, storage);
      const refused = checked.some(({ faults }) => faults.length > 0);
      if (!storage || !proofs) return { json: checked, text: lines.join("\n"), refused };
      const at = provedAt(storage, proofs);
      const json = checked.map((unit) => ({ ...unit, ...at }));
      return { json, text: [...lines, provedLine(at)].join("\n"), refused };
    }),
});

type Units = { readonly list: readonly ListedUnit[] } | { readonly root: RootFile };

async function unitsOf(given: string, id: bigint, session: RegistrySession): Promise<Units> {
  if (/^0x/i.test(given)) return { list: [{ address: address("unit", given) }] };
  const text = Buffer.from(await readBytes(given)).toString("utf8");
  if (!text.trimStart().startsWith("{")) return { list: readUnitList(text) };
  requireRoots(session.backend);
  const root = await rootFileOf(given, session);
  if (BigInt(root.manufacturerId) !== id)
    throw new TouchmarkError("USAGE", { data: { file: given, manufacturerId: root.manufacturerId } });
  return { root };
}

interface Checked {
  readonly checked: readonly (CheckedUnit | CheckedLeaf)[];
  readonly lines: readonly string[];
}

async function checkAll(
  units: Units,
  id: bigint,
  { backend }: RegistrySession,
  storage: ProvedStorage | undefined,
): Promise<Checked> {
  const by = storage === undefined ? [] : ["proved"];
  if ("root" in units) {
    const { root } = units;
    const checked = await checkRoot(storage ? provedRoot(storage, backend, root) : askedRoot(backend, root), root);
    return { checked, lines: checked.map(({ address, leaf, faults }) => line(address, [leaf, ...by], faults)) };
  }
  const checked = await several(units.list, (unit) =>
    storage ? checkProvedUnit(storage, backend, id, unit) : checkUnit(backend, id, unit),
  );
  return { checked, lines: checked.map((unit) => line(unit.address, [stateOf(unit), ...by], unit.faults)) };
}

function stateOf({ device, proved }: CheckedUnit): string {
  return device
    ? `${device.tokenId}  ${proved ?? (device.revoked ? "revoked" : device.claimed ? "claimed" : "minted")}  ${device.owner}`
    : "–";
}

const line = (address: string, said: readonly string[], faults: readonly string[]): string =>
  [address, ...said, faults.length === 0 ? "ok" : faults.join("; ")].join("  ");
