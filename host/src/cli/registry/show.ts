// SPDX-License-Identifier: Apache-2.0
import { isTouchmarkError } from "../../errors.ts";
import { readAttributes } from "../../registry/device/attributes.ts";
import { deviceState } from "../../registry/device/device.ts";
import { chainArguments } from "../chain.ts";
import { verb } from "../verb.ts";
import { deviceResult } from "./device-result.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";

export const show = verb({
  command: "show <device>",
  describe:
    "The node on chain of a unit: token, parent, owner, attributes, whether it is revoked; checked in both directions",
  builder: (yargs) =>
    registryArguments(chainArguments(yargs))
      .positional("device", {
        type: "string",
        demandOption: true,
        describe: "Address as device hello says it, or token id",
      })
      .option("attribute", {
        type: "string",
        array: true,
        default: [],
        describe: "Name of one that an admin has listed beside DIMO's five",
      })
      .example("$0 registry show 0x84bc236a80f077a22c3ec1a7f2379af66efe5dcf", "no key is needed"),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      try {
        const { attributes, ...state } = await deviceState(backend, args.device);
        const listed = await readAttributes(backend, state.tokenId, args.attribute);
        return deviceResult({ ...state, attributes: { ...attributes, ...listed } });
      } catch (error) {
        if (!isTouchmarkError(error, "PREFLIGHT")) throw error;
        return { json: { address: args.device, tokenId: null }, text: "not registered", refused: true };
      }
    }),
});
