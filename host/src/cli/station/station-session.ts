// SPDX-License-Identifier: Apache-2.0
// What verbs on a unit at a station share: line, ledger, chain, proofs, and the unit on its port.
import type { Argv } from "yargs";
import type { UnitClient } from "../../device/unit-client.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { defaultTerms } from "../../registry/batch/client.ts";
import { factoryTrust } from "../../release/factory.ts";
import { openLineFolder } from "../../station/line-folder.ts";
import type { ProvisioningStep } from "../../station/provision.ts";
import type { Station } from "../../station/station.ts";
import { clock } from "../ca/keys.ts";
import { type ChainArguments, type ChainSession, deploymentArguments } from "../chain.ts";
import { type PortArguments, portArguments, withUnit } from "../device/port.ts";
import { readBytes } from "../files.ts";
import type { Io } from "../io.ts";
import { passphrase } from "../passphrase.ts";
import { requireProvable } from "../registry/proofs.ts";
import { type RegistryArguments, registryArguments, withRegistry } from "../registry/registry-session.ts";
import { readRelease } from "../release/board.ts";
import { sourceArguments, withSources } from "../release/proof.ts";

export interface StationArguments extends PortArguments, RegistryArguments, Pick<ChainArguments, "chain"> {
  readonly line: string;
  readonly "line-passphrase-file": string | undefined;
  readonly "line-passphrase-env": string | undefined;
  readonly key: string;
  readonly release: string;
  readonly factory: string;
  readonly model: string;
  readonly "prove-registration"?: boolean;
}

export function stationArguments(yargs: Argv) {
  return registryArguments(sourceArguments(deploymentArguments(portArguments(yargs))))
    .option("line", { type: "string", demandOption: true, describe: "The station's folder, from ca line" })
    .option("line-passphrase-file", { type: "string", describe: "Its first line is the line's passphrase or PIN" })
    .option("line-passphrase-env", { type: "string", describe: "Name of the variable that holds it" })
    .option("key", { type: "string", demandOption: true, describe: "Account that may register units" })
    .option("release", { type: "string", demandOption: true, describe: "What the unit was flashed with" })
    .option("factory", {
      type: "string",
      demandOption: true,
      describe: "The factory image that it was flashed with: whom it has to trust",
    })
    .option("model", { type: "string", demandOption: true, describe: "Hardware model" })
    .option("prove-registration", {
      type: "boolean",
      default: false,
      describe: "Our registry: lock a unit only once a block that the witnesses vouch for has its node",
    })
    .option("ict", {
      type: "string",
      demandOption: true,
      describe: "Report of the in-circuit test that the unit passed",
    })
    .option("qa", { type: "string", demandOption: true, describe: "Report of the quality test that the unit passed" })
    .option("chip", { type: "string", describe: "Chip id of the unit that has to be on this port" });
}

export interface StationSession {
  readonly station: Station;
  readonly unit: UnitClient;
  readonly chain: ChainSession;
  onStep(step: ProvisioningStep, milliseconds: number): void;
}

export async function withStation<T>(
  args: StationArguments & Parameters<typeof withSources>[0],
  io: Io,
  use: (session: StationSession) => Promise<T>,
): Promise<T> {
  const { manifest } = await readRelease(args.release);
  const factory = await readBytes(args.factory);
  const ofLine = { file: args["line-passphrase-file"], env: args["line-passphrase-env"] };
  using office = await openLineFolder(args.line, () => passphrase(ofLine, args.line, io), clock());
  const { line, ledger } = office;
  const { backend, registry: address, chain: file, key } = args;
  const contracts = { ...args, backend, registry: address, chain: file, rpc: args.rpc[0], key };
  return await withUnit({ port: args.port, baud: args.baud }, (unit) =>
    withRegistry(contracts, io, async ({ backend: registry, ...chain }) => {
      const known = { state: await unit.state(), root: line.root.der };
      return await withSources(args, known, [], io, async (proofs) => {
        const firmwareDigest = manifestDigest(manifest);
        const proveRegistration = args["prove-registration"] ? { proveRegistration: defaultTerms } : {};
        if (args["prove-registration"]) requireProvable(registry);
        const place = { line, ledger, registry, proofs, ...proveRegistration };
        const trust = factoryTrust(factory, (await unit.hello()).port);
        const flashed = { hardwareModel: args.model, firmwareDigest, trust };
        const station = { ...place, ...flashed, now: clock };
        const onStep = (step: ProvisioningStep, milliseconds: number): void =>
          io.say(`ok ${(milliseconds / 1000).toFixed(1)} s  ${step}`);
        return await use({ station, unit, chain, onStep });
      });
    }),
  );
}
