// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { TouchmarkError } from "../../errors.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { defaultTerms } from "../../registry/batch/client.ts";
import { requireRootProof } from "../../registry/proof/proved-root.ts";
import { commitRoot } from "../../registry/roots/commit-root.ts";
import { enterBatch, waitingUnits } from "../../registry/roots/ledger-units.ts";
import { type RootUnit, readRootFile, rootFile } from "../../registry/roots/root-file.ts";
import { accountArguments } from "../chain.ts";
import { readBytes, readJson, writeBytes } from "../files.ts";
import { address, hexBytes, wholeNumber } from "../numbers.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";
import { caller, chainNow } from "./device-result.ts";
import { proofsOf, witnessArguments } from "./proofs.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { rowsOf } from "./unit-list.ts";

const HASHES = ["certificateHash", "mintingRecordHash", "saltedSerialHash"] as const;

export const root = verb({
  command: "root <id> <batch> <file>",
  describe: "Commit many units in one transaction, each to be claimed by its own proof; our registry alone",
  builder: (yargs) =>
    witnessArguments(registryArguments(accountArguments(yargs)))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("batch", { type: "string", demandOption: true, describe: "Number of the batch, new for each" })
      .positional("file", {
        type: "string",
        demandOption: true,
        describe: `A station's ledger: its units without a node; or CSV or JSON of address, ${HASHES.join(", ")}`,
      })
      .option("out", { type: "string", default: "root.json", describe: "Root and proofs, written first; keep it" })
      .option("model", { type: "string", demandOption: true, describe: "As license model certified it" })
      .example("$0 registry root 7 1 line-a/ledger.sqlite --model TM-1 --key owner.pem --out batch-1.json", "")
      .example("$0 registry root 7 1 units.csv --model TM-1 --key owner.pem --out batch-1.json", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const bytes = await readBytes(args.file);
      using ledger = isLedger(bytes) ? new Ledger(args.file) : undefined;
      const units = ledger ? await ofLedger(ledger, args) : rowsOf(Buffer.from(bytes).toString("utf8")).map(toUnit);
      const proofs = await proofsOf(args, session);
      const registry = fromHex(String(backend.contract.target));
      const [manufacturerId, batchId] = [wholeNumber("id", args.id), wholeNumber("batch", args.batch)];
      const file = rootFile({ chainId: deployment.chainId, registry, manufacturerId, batchId }, args.model, units);
      await keep(args.out, toJson(file));
      if (ledger) enterBatch(ledger, file, Math.floor(Date.now() / 1000));
      const account = await caller(session).getAddress();
      const { again } = await commitRoot(backend, file, { account, now: await chainNow(session) });
      const proof = proofs && (await requireRootProof(proofs, backend, file, defaultTerms));
      const json = { batchId: file.batchId, count: file.count, root: file.root, out: args.out, again, ...proof };
      return { json, text: table(Object.entries(json)) };
    }),
});

const isLedger = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString("latin1").startsWith("SQLite format 3\0");

// The units of a batch that was begun, which have left the waiting; else those that wait.
async function ofLedger(ledger: Ledger, { out, model }: { readonly out: string; readonly model: string }) {
  const units = existsSync(out) ? readRootFile(await readJson(out)).units : waitingUnits(ledger, model);
  if (units.length === 0)
    throw new TouchmarkError("USAGE", { data: { expected: "verified units without a node or a batch", model } });
  return units;
}

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
