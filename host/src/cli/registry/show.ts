// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { read } from "../../registry/transaction.ts";
import { chainArguments, withChain } from "../chain.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const show = verb({
  command: "show <address>",
  describe: "The node on chain of a unit's address: token, parent, owner, checked in both directions",
  builder: (yargs) =>
    chainArguments(
      yargs.positional("address", { type: "string", demandOption: true, describe: "As device hello says it" }),
    ).example("$0 registry show 0x84bc236a80f077a22c3ec1a7f2379af66efe5dcf", "no key is needed"),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const registry = contract("registry");
      const tokenId = await read<bigint>(registry, "getAftermarketDeviceIdByAddress", args.address);
      if (tokenId === 0n)
        return { json: { address: args.address, tokenId: null }, text: "not registered", refused: true };
      const address = await read<string>(registry, "getAftermarketDeviceAddressById", tokenId);
      if (address.toLowerCase() !== args.address.toLowerCase()) {
        throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { tokenId: `${tokenId}`, address } });
      }
      const json = {
        address,
        tokenId,
        manufacturerId: await read<bigint>(registry, "getParentNode", registry.target, tokenId),
        owner: await read<string>(registry, "ownerOf", tokenId),
        serial: await read<string>(registry, "getInfo", registry.target, tokenId, "Serial"),
      };
      return { json, text: table(Object.entries(json)) };
    }),
});
