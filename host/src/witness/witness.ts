// SPDX-License-Identifier: Apache-2.0
// A witness: its own node, its key, its record.
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import type { WitnessStatement } from "../protocol/witness-statement.ts";
import type { EthereumNode } from "./ethereum-node.ts";
import { eligibleBlock, type WitnessPolicy } from "./policy.ts";
import type { WitnessRecord } from "./record.ts";
import { signBlockWitness } from "./sign.ts";

/** Where statements come from: a local witness or another's service. */
export interface WitnessSource {
  /** For messages: never a key. */
  readonly name: string;
  /**
   * Of the newest eligible block.
   *
   * @param nonce 32 zero bytes, or a unit's challenge
   * @throws NO_ELIGIBLE_BLOCK, WITNESS_LAGS, WITNESS_CLOCK, WITNESS_EQUIVOCATION, CHAIN_UNREACHABLE
   */
  statement(nonce: Uint8Array): Promise<WitnessStatement>;
}

export interface WitnessOptions {
  readonly node: EthereumNode;
  readonly signer: Signer;
  readonly record: WitnessRecord;
  readonly policy: WitnessPolicy;
  /** Unix seconds; the system's clock where left out. */
  readonly now?: () => bigint;
}

export class LocalWitness implements WitnessSource {
  readonly #options: WitnessOptions;

  /** @throws WITNESS_RECORD_FOREIGN where the record is another key's */
  constructor(options: WitnessOptions) {
    options.record.bind(options.signer.publicKey);
    this.#options = options;
  }

  get name(): string {
    return this.#options.signer.address;
  }

  async statement(nonce: Uint8Array): Promise<WitnessStatement> {
    const { node, signer, record, policy, now = systemTime } = this.#options;
    await node.requireChain(policy.chainId);
    const block = await eligibleBlock(node, policy, now());
    if (block === undefined) throw new TouchmarkError("NO_ELIGIBLE_BLOCK", { data: { node: node.name } });
    return signBlockWitness(signer, record, policy, block, nonce);
  }
}

function systemTime(): bigint {
  return BigInt(Math.floor(Date.now() / 1000));
}
