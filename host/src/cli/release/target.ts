// SPDX-License-Identifier: Apache-2.0
import { keccak256 } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { vendorId } from "../../protocol/vendor-id.ts";
import { requireCertifiedClass } from "../../release/require-certified-class.ts";
import { releaseTargetFromJson } from "../../release/target.ts";
import { chainArguments, withChain } from "../chain.ts";
import { writeBytes } from "../files.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";

export const target = verb({
  command: "target <id>",
  describe: "Write whom releases are for: chain, board and its code, manufacturer, vendor, model",
  builder: (yargs) =>
    chainArguments(yargs)
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .option("vendor", {
        type: "string",
        demandOption: true,
        describe: "The vendor's domain; SUIT's vendor id is made of it",
      })
      .option("model", {
        type: "string",
        demandOption: true,
        describe: "Hardware model, as license model certified it",
      })
      .option("from-block", { type: "number", default: 0, describe: "Block of the deployment: where events begin" })
      .option("out", { type: "string", default: "target.json", describe: "File that release build and factory read" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release target 7 --vendor acme.example --model TM-1",
        "once for each model; keep it beside the firmware",
      ),
  handler: (args, io) =>
    withChain(args, io, async ({ deployment, contract }) => {
      const board = contract("board");
      const code = (await board.runner?.provider?.getCode(board.target)) ?? "0x";
      if (code === "0x")
        throw new TouchmarkError("USAGE", { data: { board: board.target, hint: "no contract is there" } });
      const json = {
        chainId: String(deployment.chainId),
        manufacturerId: args.id,
        board: String(board.target),
        boardCodeHash: fromHex(keccak256(code)),
        vendorId: vendorId(args.vendor),
        hardwareModel: args.model,
      };
      const text = toJson(json);
      const { manufacturerId, ...release } = releaseTargetFromJson(JSON.parse(text));
      await requireCertifiedClass({ board, manufacturerId }, release, args["from-block"]);
      await writeBytes(args.out, Buffer.from(`${text}\n`), args.force);
      return { json, text: table(Object.entries(json)) };
    }),
});
