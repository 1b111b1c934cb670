// SPDX-License-Identifier: Apache-2.0

import { TouchmarkError } from "../../errors.ts";
import { writeFileOnce } from "../../files.ts";
import { decodeCsr } from "../../protocol/csr.ts";
import { encodePem } from "../../protocol/pem.ts";
import { modelValidUntil } from "../../registry/model-certificate.ts";
import { certifyUnit } from "../../station/certify.ts";
import { openLineFolder } from "../../station/line-folder.ts";
import { withChain } from "../chain.ts";
import { readPem } from "../files.ts";
import type { Io } from "../io.ts";
import { instant } from "../license/arguments.ts";
import { hexBytes } from "../numbers.ts";
import { passphrase } from "../passphrase.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { clock } from "./keys.ts";

export const issue = verb({
  command: "issue <csr>",
  describe: "Certify one unit from its CSR, by hand; a station does it as it provisions",
  builder: (yargs) =>
    yargs
      .positional("csr", { type: "string", demandOption: true, describe: "The unit's request, DER or PEM" })
      .option("line", { type: "string", demandOption: true, describe: "The station's folder" })
      .option("nonce", {
        type: "string",
        demandOption: true,
        describe: "The one that begin sent, 32 bytes hexadecimal",
      })
      .option("chip", { type: "string", demandOption: true, describe: "Chip id, 8 bytes hexadecimal" })
      .option("firmware", { type: "string", demandOption: true, describe: "Manifest digest, 32 bytes hexadecimal" })
      .option("serial", { type: "string", demandOption: true, describe: "Product serial number" })
      .option("model", { type: "string", demandOption: true, describe: "Hardware model" })
      .option("model-until", {
        type: "string",
        describe: "End of the model's certificate, as license status shows it: where the office has no network",
      })
      .option("chain", { type: "string", describe: "Deployment, to ask the chain for the model's certificate" })
      .option("rpc", { type: "string", describe: "URL of a node, instead of that file's" })
      .option("imei", { type: "string", describe: "15 digits" })
      .option("on-chain", { type: "boolean", default: false, describe: "The registry holds the address already" })
      .option("out", { type: "string", demandOption: true, describe: "The device certificate" })
      .option("passphrase-file", { type: "string", describe: "Of the line" })
      .option("passphrase-env", { type: "string", describe: "Of the line: name of a variable" })
      .example(
        "$0 ca issue unit.csr --line line-a --nonce 11… --chip c0… --firmware 22… --serial A1 --model tm-1 --chain chain.json --out a1.pem",
        "",
      ),
  handler: async (args, io) => {
    const csr = await readCsr(args.csr);
    const now = clock();
    const source = { file: args["passphrase-file"], env: args["passphrase-env"] };
    using station = await openLineFolder(args.line, () => passphrase(source, args.line, io), now);
    const session = {
      nonce: hexBytes("nonce", args.nonce, 32),
      chipId: hexBytes("chip", args.chip, 8),
      firmwareDigest: hexBytes("firmware", args.firmware, 32),
      publicKey: decodeCsr(csr).publicKey,
      serial: args.serial,
      hardwareModel: args.model,
      ...(args.imei !== undefined && { imei: args.imei }),
    };
    const { manufacturerId } = station.line.certificate.manufacturer;
    const request = {
      csr,
      session,
      onChain: args["on-chain"],
      modelValidUntil: await modelEnd(args, manufacturerId, io),
      now,
    };
    const { certificate, address, again } = await certifyUnit(request, station.line, station.ledger);
    writeFileOnce(args.out, encodePem("CERTIFICATE", certificate));
    const json = { certificate: args.out, address, again };
    return { json, text: table(Object.entries(json)) };
  },
});

interface ModelSource {
  readonly model: string;
  readonly chain?: string | undefined;
  readonly rpc?: string | undefined;
  readonly "model-until"?: string | undefined;
}

/** From the chain, or as the officer says. @throws USAGE where neither is given */
async function modelEnd(args: ModelSource, manufacturerId: bigint, io: Io): Promise<bigint | undefined> {
  const { chain, rpc, model, "model-until": stated } = args;
  if (stated !== undefined) return BigInt(instant("model-until", stated));
  if (chain === undefined)
    throw new TouchmarkError("USAGE", { data: { option: "chain", expected: "--chain, or --model-until a date" } });
  return await withChain({ chain, rpc }, io, ({ contract }) =>
    modelValidUntil(contract("registry"), "programme", manufacturerId, model),
  );
}

async function readCsr(path: string): Promise<Uint8Array> {
  return await readPem(path, "CERTIFICATE REQUEST");
}
