// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import { WitnessRecord } from "../../witness/record.ts";
import { witnessService } from "../../witness/service.ts";
import { LocalWitness } from "../../witness/witness.ts";
import { wholeNumber } from "../numbers.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const serve = verb({
  command: "serve",
  describe: "Vouch for final blocks of one chain over HTTP, until stopped",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .option("rpc", { type: "string", demandOption: true, describe: "URL of the witness's own node" })
      .option("chain-id", { type: "string", demandOption: true })
      .option("epoch", { type: "number", demandOption: true, describe: "Of the trust block that names this witness" })
      .option("key", { type: "string", demandOption: true, describe: "Encrypted PEM, or a pkcs11: URI" })
      .option("record", { type: "string", demandOption: true, describe: "What was signed: one file, kept for good" })
      .option("granularity", { type: "string", default: "32", describe: "Vouch for multiples of it alone" })
      .option("min-age", { type: "string", default: "300", describe: "Seconds that a block has to be old" })
      .option("host", { type: "string", default: "127.0.0.1" })
      .option("port", { type: "number", default: 8700, describe: "0: a free one" })
      .option("rate", { type: "number", default: 2, describe: "Requests a second and address" })
      .example(
        "$0 witness serve --rpc http://127.0.0.1:8545 --chain-id 137 --epoch 1 --key witness.key --record witness.db",
        "",
      ),
  handler: async (args, io) => {
    const node = new EthereumNode(args.rpc);
    const chainId = wholeNumber("chain-id", args["chain-id"]);
    await node.requireChain(chainId);
    using signer = await openKeyOf(args, args.key, io);
    using record = new WitnessRecord(args.record);
    const granularity = wholeNumber("granularity", args.granularity);
    const policy = { chainId, epoch: args.epoch, granularity, minAge: wholeNumber("min-age", args["min-age"]) };
    const witness = new LocalWitness({ node, signer, record, policy });
    const server = witnessService({ witness, rate: args.rate });
    server.listen(args.port, args.host);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    io.say(`witness ${signer.address} of chain ${chainId} on http://${args.host}:${port}/`);
    await once(server, "close");
    const json = { address: signer.address };
    return { json, text: table(Object.entries(json)) };
  },
});
