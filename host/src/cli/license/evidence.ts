// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { checkEvidence, collectEvidence } from "../../registry/license/evidence.ts";
import { withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { licenseParts, readArguments } from "./parts.ts";

export const evidence = verb({
  command: "evidence <id>",
  describe: "Collect an auditor's pack: state, events, documents, a manifest; or, with --verify, check one",
  builder: (yargs) =>
    readArguments(yargs)
      .option("out", { type: "string", describe: "Folder to make" })
      .option("document", {
        type: "string",
        array: true,
        default: [],
        describe: "Report, MOU or statement, by its file",
      })
      .option("verify", { type: "string", describe: "Folder of a pack; no node is asked" })
      .conflicts("out", "verify")
      .example(
        "$0 license evidence 7 --out pack --document report.pdf mou.pdf",
        "says which hashes on chain no document has",
      )
      .example(
        "$0 license evidence 7 --verify pack",
        "exit code 1 where a file was changed, lost or added, or the pack is another manufacturer's",
      ),
  handler: async (args, io) => {
    if (args.verify !== undefined) {
      const wrong = await checkEvidence(args.verify, wholeNumber("id", args.id));
      return {
        json: { pack: args.verify, wrong },
        text: wrong.join("\n") || "the pack is whole",
        refused: wrong.length > 0,
      };
    }
    const { out } = args;
    if (out === undefined)
      throw new TouchmarkError("USAGE", { data: { option: "out", expected: "--out or --verify" } });
    return await withChain(args, io, async (session) => {
      const json = await collectEvidence(licenseParts(session), {
        manufacturerId: wholeNumber("id", args.id),
        chainId: session.deployment.chainId,
        fromBlock: args["from-block"],
        folder: out,
        documents: args.document,
      });
      const documents = json.documents.map(({ file, namedBy }): [string, string] => [
        file,
        namedBy.join(", ") || "not named on chain",
      ]);
      const missing = json.missing.map(({ keccak256, namedBy }): [string, string] => [
        "no document",
        `${keccak256}: ${namedBy.join(", ")}; give it with --document`,
      ]);
      return { json, text: table([["block", json.block], ["files", json.files], ...documents, ...missing]) };
    });
  },
});
