// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { type AddressInfo, isIP } from "node:net";
import { TouchmarkError } from "../../errors.ts";
import { UINT32_MAX } from "../../protocol/suit-manifest.ts";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import type { WitnessPolicy } from "../../witness/policy.ts";
import { witnessService } from "../../witness/service.ts";
import { LocalWitness } from "../../witness/witness.ts";
import { aboveZero, natural, positiveNumber, UINT64_MAX, wholeNumber } from "../numbers.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { openRecord } from "./open-record.ts";

const PORT_MAX = 65_535;

export const serve = verb({
  command: "serve",
  describe: "Vouch for final blocks of one chain over HTTP, until stopped",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .option("rpc", { type: "string", demandOption: true, describe: "URL of the witness's own node" })
      .option("chain-id", {
        type: "string",
        demandOption: true,
        describe: "EIP-155 id of the one chain vouched for; asked of the node before each signature",
      })
      .option("epoch", { type: "number", demandOption: true, describe: "Of the trust block that names this witness" })
      .option("key", { type: "string", demandOption: true, describe: "Encrypted PEM, or a pkcs11: URI" })
      .option("record", {
        type: "string",
        demandOption: true,
        describe: "What was signed: one file, made by witness init, kept for good",
      })
      .option("granularity", { type: "string", default: "32", describe: "Vouch for multiples of it alone" })
      .option("min-age", {
        type: "string",
        default: "300",
        describe: "Seconds that a block has to be old; 0: not asked",
      })
      .option("max-age", {
        type: "string",
        default: "3600",
        describe: "Seconds beyond which the newest such block is too old to vouch for: the node lags; 0: not asked",
      })
      .option("host", {
        type: "string",
        default: "127.0.0.1",
        describe: "Address or name to listen at, :: for all; plain HTTP, for anyone who reaches it",
      })
      .option("port", { type: "number", default: 8700, describe: "0: a free one" })
      .option("rate", { type: "number", default: 2, describe: "Requests a second and client address" })
      .option("proxy", {
        type: "string",
        array: true,
        default: [],
        describe: "Address of a proxy in front: the client is then whom its X-Forwarded-For names last",
      })
      .example(
        "$0 witness serve --rpc http://127.0.0.1:8545 --chain-id 137 --epoch 1 --key witness.key --record witness.db",
        "",
      ),
  handler: async (args, io) => {
    const node = new EthereumNode(args.rpc);
    const chainId = positiveNumber("chain-id", args["chain-id"], UINT64_MAX);
    const epoch = natural("epoch", args.epoch, UINT32_MAX);
    const granularity = positiveNumber("granularity", args.granularity, UINT64_MAX);
    const policy = { chainId, epoch, granularity, ...ages(args["min-age"], args["max-age"]) };
    const wanted = { port: natural("port", args.port, PORT_MAX), host: args.host };
    const limits = { rate: aboveZero("rate", args.rate), proxies: args.proxy.map(proxyAddress) };
    await node.requireChain(chainId);
    using signer = await openKeyOf(args, args.key, io);
    using record = openRecord(args.record);
    const witness = new LocalWitness({ node, signer, record, policy });
    const server = witnessService({ witness, ...limits });
    server.listen(wanted);
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const host = isIP(args.host) === 6 ? `[${args.host}]` : args.host;
    io.say(`witness ${signer.address} of chain ${chainId} on http://${host}:${port}/`);
    await once(server, "close");
    const json = { address: signer.address };
    return { json, text: table(Object.entries(json)) };
  },
});

function ages(min: string, max: string): Pick<WitnessPolicy, "minAge" | "maxAge"> {
  const [minAge, maxAge] = [wholeNumber("min-age", min, UINT64_MAX), wholeNumber("max-age", max, UINT64_MAX)];
  if (maxAge !== 0n && maxAge <= minAge)
    throw new TouchmarkError("USAGE", { data: { option: "max-age", text: max, expected: "0, or more than min-age" } });
  return { minAge, maxAge };
}

function proxyAddress(text: string): string {
  if (isIP(text) === 0)
    throw new TouchmarkError("USAGE", { data: { option: "proxy", text, expected: "an IP address" } });
  return text;
}
