// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { commitRoot } from "../../registry/roots/commit-root.ts";
import { type RootUnit, readRootFile, rootFile } from "../../registry/roots/root-file.ts";
import { accountArguments } from "../chain.ts";
import { readBytes, readJson, writeBytes } from "../files.ts";
import { address, hexBytes, wholeNumber } from "../numbers.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";
import { caller, chainNow } from "./device-result.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { rowsOf } from "./unit-list.ts";

const HASHES = ["certificateHash", "mintingRecordHash", "saltedSerialHash"] as const;

export const root = verb({
  command: "root <id> <batch> <file>",
  describe: "Commit many units in one transaction, each to be claimed by its own proof; our registry alone",
  builder: (yargs) =>
    registryArguments(accountArguments(yargs))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("batch", { type: "string", demandOption: true, describe: "Number of the batch, new for each" })
      .positional("file", {
        type: "string",
        demandOption: true,
        describe: `CSV or JSON of address, ${HASHES.join(", ")}`,
      })
      .option("out", { type: "string", default: "root.json", describe: "Root and proofs, written first; keep it" })
      .option("model", { type: "string", demandOption: true, describe: "As license model certified it" })
      .example("$0 registry root 7 1 units.csv --model TM-1 --key owner.pem --out batch-1.json", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const text = Buffer.from(await readBytes(args.file)).toString("utf8");
      const units = rowsOf(text).map(toUnit);
      const registry = fromHex(String(backend.contract.target));
      const [manufacturerId, batchId] = [wholeNumber("id", args.id), wholeNumber("batch", args.batch)];
      const file = rootFile({ chainId: deployment.chainId, registry, manufacturerId, batchId }, args.model, units);
      await keep(args.out, toJson(file));
      const account = await caller(session).getAddress();
      const { again } = await commitRoot(backend, file, { account, now: await chainNow(session) });
      const json = { batchId: file.batchId, count: file.count, root: file.root, out: args.out, again };
      return { json, text: table(Object.entries(json)) };
    }),
});

/** Writes the file before anything is sent; one that is there has to say the same. */
async function keep(path: string, text: string): Promise<void> {
  try {
    await writeBytes(path, Buffer.from(`${text}\n`));
  } catch (error) {
    if (toJson(readRootFile(await readJson(path))) !== text) throw error;
  }
}

function toUnit(row: Readonly<Record<string, unknown>> | null, index: number): RootUnit {
  const of = row ?? {};
  const other = Object.keys(of).find((name) => name !== "address" && !HASHES.some((hash) => hash === name));
  if (other !== undefined) throw new TouchmarkError("USAGE", { data: { row: index + 1, other } });
  for (const name of HASHES) hexBytes(`${name} of row ${index + 1}`, String(of[name]), 32);
  const [certificateHash, mintingRecordHash, saltedSerialHash] = HASHES.map((name) => withPrefix(String(of[name])));
  return {
    address: address(`address of row ${index + 1}`, String(of["address"])),
    certificateHash: certificateHash ?? "",
    mintingRecordHash: mintingRecordHash ?? "",
    saltedSerialHash: saltedSerialHash ?? "",
  };
}

const withPrefix = (hex: string): string => `0x${hex.replace(/^0x/i, "").toLowerCase()}`;
