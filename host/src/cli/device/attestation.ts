// SPDX-License-Identifier: Apache-2.0
// What attest and genuine share: a token from a unit, and the chain where it is asked.
import { randomBytes } from "node:crypto";
import type { Argv } from "yargs";
import type { UnitClient } from "../../device/unit-client.ts";
import { TouchmarkError } from "../../errors.ts";
import { withCertificates } from "../../protocol/attestation.ts";
import { proveUnit } from "../../registry/proof/prove-unit.ts";
import { registeredBlock } from "../../registry/registered-block.ts";
import { unitRecord } from "../../registry/unit-record.ts";
import type { ChainView } from "../../verify/genuine.ts";
import { type ChainSession, withChain } from "../chain.ts";
import type { Io } from "../io.ts";
import { proofsOf, type WitnessArguments } from "../registry/proofs.ts";
import { withRegistry } from "../registry/registry-session.ts";

export interface RecordArguments {
  readonly chain: string | undefined;
  readonly rpc: string | undefined;
}

export function recordArguments<T>(yargs: Argv<T>): Argv<T & RecordArguments> {
  return yargs
    .option("chain", { type: "string", describe: "Ask the chain, too: where the contracts are" })
    .option("rpc", { type: "string", describe: "Ask the chain, too: URL of a node, instead of the file's" });
}

/** Undefined where the chain is not to be asked. */
export function chainView(args: RecordArguments, io: Io): ChainView | undefined {
  const { chain, rpc } = args;
  if (chain === undefined && rpc === undefined) return undefined;
  const ask = <T>(use: (session: ChainSession) => Promise<T>): Promise<T> =>
    withChain({ chain: chain ?? "chain.json", rpc }, io, use);
  return {
    recordOf: ({ manufacturerId, address }) =>
      ask(({ contract }) => {
        const [registry, programme, nodes] = [contract("registry"), contract("programme"), contract("nodes")];
        return unitRecord({ registry, programme, nodes }, manufacturerId, address);
      }),
    blockOf: ({ manufacturerId, address }) =>
      ask(({ contract }) => registeredBlock(contract("registry"), manufacturerId, address)),
  };
}

/** The chain, of which no node's word is taken for the unit's registration where witnesses are given. @throws USAGE */
export function provingView(args: RecordArguments & WitnessArguments, io: Io): ChainView | undefined {
  const view = chainView(args, io);
  const { chain = "chain.json", rpc, witness = [] } = args;
  if (witness.length === 0) return view;
  if (view === undefined) throw new TouchmarkError("USAGE", { data: { missing: "chain" } });
  const place = { chain, rpc, backend: "touchmark", registry: undefined };
  return {
    ...view,
    proofOf: (unit) =>
      withRegistry(place, io, async (session) => {
        const proofs = await proofsOf(args, session);
        if (proofs === undefined) throw new RangeError("witnesses are given");
        return await proveUnit(proofs, session.backend, unit, BigInt(Math.floor(Date.now() / 1000)));
      }),
  };
}

/** A token over a nonce of this moment, with the unit's certificates. */
export async function freshToken(unit: UnitClient, nonce: Uint8Array = randomBytes(32)) {
  const token = await unit.attest(nonce);
  const { device, line } = await unit.certificates();
  return { nonce, token: withCertificates(token, [device, line]) };
}
