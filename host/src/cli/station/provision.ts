// SPDX-License-Identifier: Apache-2.0
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { openLineFolder } from "../../station/line-folder.ts";
import { type ProvisioningStep, provisioningSteps, provision as provisionUnit } from "../../station/provision.ts";
import { clock } from "../ca/keys.ts";
import { type ChainArguments, deploymentArguments, withChain } from "../chain.ts";
import { type PortArguments, portArguments, withUnit } from "../device/port.ts";
import { table } from "../print.ts";
import { readRelease } from "../release/board.ts";
import { sourceArguments, withSources } from "../release/proof.ts";
import { verb } from "../verb.ts";
import { testResults } from "./tests.ts";

export const provision = verb({
  command: "provision <port>",
  describe: "Take a unit from blank to locked, or on from where it stands",
  builder: (yargs) =>
    sourceArguments(deploymentArguments(portArguments(yargs)))
      .option("line", { type: "string", demandOption: true, describe: "The station's folder, from ca line" })
      .option("key", { type: "string", demandOption: true, describe: "Account that may register units" })
      .option("release", { type: "string", demandOption: true, describe: "What the unit was flashed with" })
      .option("model", { type: "string", demandOption: true, describe: "Hardware model" })
      .option("serial", { type: "string", demandOption: true, describe: "Product serial number" })
      .option("ict", { type: "string", describe: "Report of the in-circuit test that the unit passed" })
      .option("qa", { type: "string", describe: "Report of the quality test that the unit passed" })
      .option("imei", { type: "string", describe: "15 digits" })
      .option("chip", { type: "string", describe: "Chip id of the unit that has to be on this port" })
      .option("until", { choices: provisioningSteps, default: "lock", describe: "The last step to take" })
      .example(
        "$0 station provision /dev/ttyACM0 --line line-a --release 1.0.0.release --model TM-1 --serial TM1-0001 --key owner.pem --rpc http://127.0.0.1:8545 --witness https://w1.example https://w2.example",
        "lock is irreversible",
      ),
  handler: async (args, io) => {
    const { manifest } = await readRelease(args.release);
    using office = await openLineFolder(args.line, () => io.passphrase(args.line), clock());
    const { line, ledger } = office;
    const port: PortArguments = { port: args.port, baud: args.baud };
    const chain: ChainArguments & { key: string } = { chain: args.chain, rpc: args.rpc[0], key: args.key };
    return await withUnit(port, (unit) =>
      withChain(chain, io, async ({ contract }) => {
        const known = { state: await unit.state(), root: line.root.der };
        const row = await withSources(args, known, [], io, async (proofs) => {
          const registry = { contract: contract("registry"), devices: String(contract("registry").target) };
          const firmwareDigest = manifestDigest(manifest);
          const station = { line, ledger, registry, proofs, hardwareModel: args.model, firmwareDigest, now: clock };
          const { serial, imei, chip } = args;
          const tests = await testResults(args);
          const order = {
            serial,
            tests,
            ...(imei !== undefined && { imei }),
            ...(chip !== undefined && { chipId: chip }),
          };
          return await provisionUnit(station, unit, order, {
            until: args.until as ProvisioningStep,
            onStep: (step, milliseconds) => io.say(`ok ${(milliseconds / 1000).toFixed(1)} s  ${step}`),
          });
        });
        const { chipId, address, serial, state, tokenId, certificateSerial } = row ?? {};
        const json = { chipId, address, serial, state, tokenId, certificateSerial };
        return { json, text: table(Object.entries(json)) };
      }),
    );
  },
});
