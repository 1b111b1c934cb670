// SPDX-License-Identifier: Apache-2.0
import {
  checkEquivocation,
  type Equivocation,
  equivocationFromJson,
  equivocationToJson,
} from "../../protocol/equivocation.ts";
import { witnessStatementFromJson } from "../../protocol/witness-statement.ts";
import { readForm, writeBytes } from "../files.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";

export const accuse = verb({
  command: "accuse <evidence> [other]",
  describe: "Check evidence of two blocks under one number; of two statements, make it",
  builder: (yargs) =>
    yargs
      .positional("evidence", { type: "string", demandOption: true, describe: "Evidence, or a first statement" })
      .positional("other", { type: "string", describe: "A second statement" })
      .option("out", { type: "string", describe: "Where to write the evidence" })
      .example("$0 witness accuse evidence.json", "evidence, not proof of malice: chains have rewritten final blocks")
      .example("$0 witness accuse first.json second.json --out evidence.json", ""),
  handler: async (args) => {
    const evidence = await read(args.evidence, args.other);
    checkEquivocation(evidence);
    if (args.out !== undefined) await writeBytes(args.out, Buffer.from(`${toJson(equivocationToJson(evidence))}\n`));
    const [{ chainId, number, publicKey, blockHash }, { blockHash: other }] = evidence.statements;
    const json = { witness: publicKey, chainId, number, blockHash, other };
    return { json, text: table(Object.entries(json)) };
  },
});

async function read(evidence: string, other: string | undefined): Promise<Equivocation> {
  if (other === undefined) return await readForm(evidence, equivocationFromJson);
  return {
    statements: [await readForm(evidence, witnessStatementFromJson), await readForm(other, witnessStatementFromJson)],
  };
}
