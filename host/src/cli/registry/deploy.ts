// SPDX-License-Identifier: Apache-2.0
import { requireAbsent } from "../../files.ts";
import { deploy as deployAll } from "../../registry/deploy.ts";
import { KeyAccount, staticProvider } from "../../registry/key-account.ts";
import { EthereumNode } from "../../witness/ethereum-node.ts";
import { writeBytes } from "../files.ts";
import { wholeNumber } from "../numbers.ts";
import { openKeyOf, passphraseArguments } from "../passphrase.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";

export const deploy = verb({
  command: "deploy",
  describe: "Deploy the contracts and write where they are",
  builder: (yargs) =>
    passphraseArguments(yargs)
      .option("rpc", { type: "string", demandOption: true, describe: "URL of a node" })
      .option("chain-id", { type: "string", demandOption: true, describe: "Of the chain that it has to serve" })
      .option("key", {
        type: "string",
        demandOption: true,
        describe: "Deployer, who is admin: encrypted PEM or pkcs11:",
      })
      .option("licensor", { type: "string", demandOption: true, describe: "Account" })
      .option("hardware-auditor", { type: "string", demandOption: true, describe: "Account" })
      .option("security-auditor", { type: "string", demandOption: true, describe: "Account" })
      .option("experience-auditor", { type: "string", demandOption: true, describe: "Account" })
      .option("treasury", { type: "string", demandOption: true, describe: "Account" })
      .option("token", { type: "string", describe: "ERC-20 of the stake; one that anyone may mint where left out" })
      .option("out", { type: "string", default: "chain.json", describe: "For --chain of other verbs" })
      .example("$0 registry deploy --rpc http://127.0.0.1:8545 --chain-id 31337 --key admin.pem --licensor 0x… …", ""),
  handler: async (args, io) => {
    requireAbsent(args.out);
    const chainId = wholeNumber("chain-id", args["chain-id"]);
    await new EthereumNode(args.rpc).requireChain(chainId);
    using opened = new DisposableStack();
    const provider = opened.adopt(staticProvider(args.rpc, chainId), (each) => each.destroy());
    const signer = opened.use(await openKeyOf(args, args.key, io));
    const { licensor, treasury, token } = args;
    const addresses = await deployAll(new KeyAccount(signer, provider), {
      licensor,
      treasury,
      auditors: {
        hardware: args["hardware-auditor"],
        security: args["security-auditor"],
        experience: args["experience-auditor"],
      },
      ...(token !== undefined && { token }),
    });
    const json = { rpc: args.rpc, chainId, addresses };
    await writeBytes(args.out, Buffer.from(`${toJson(json)}\n`));
    return { json, text: table(Object.entries(addresses)) };
  },
});
