// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { applyForLicense } from "../../registry/apply-for-license.ts";
import { withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

const SIGNATURE_LIFE_S = 3_600;

export const apply = verb({
  command: "apply <id>",
  describe: "Manufacturer: stake what is missing to the minimum, sign the MOU in force, and apply",
  builder: (yargs) =>
    nodeArguments(yargs)
      .option("yes", { type: "boolean", default: false, describe: "Signs without asking" })
      .example("$0 license apply 7 --key owner.pem", "the stake is locked until the license ends"),
  handler: async (args, io) => {
    if (!args.yes && !(await io.confirm("Stake and sign the memorandum of understanding?"))) {
      throw new TouchmarkError("INTERRUPTED");
    }
    return await withChain(args, io, async ({ contract, account, deployment }) => {
      if (account === undefined) throw new TouchmarkError("INTERNAL");
      await applyForLicense({
        manufacturerId: wholeNumber("id", args.id),
        programme: contract("programme"),
        token: contract("token"),
        applicant: account,
        chainId: deployment.chainId,
        deadline: Math.floor(Date.now() / 1000) + SIGNATURE_LIFE_S,
      });
      const json = { manufacturerId: args.id, applicant: await account.getAddress() };
      return { json, text: table(Object.entries(json)) };
    });
  },
});
