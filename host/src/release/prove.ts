// SPDX-License-Identifier: Apache-2.0
// `#chain` from live nodes and witnesses. Needs no signing key of the manufacturer: anyone can prove and refresh.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { encodeChain, NO_CHALLENGE } from "../protocol/chain.ts";
import { licenseSlot, releaseSlot, rootSlot } from "../protocol/storage-word.ts";
import type { TrieProof } from "../protocol/trie-proof.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import type { TrustStatement } from "../protocol/trust-statement.ts";
import type { Anchor } from "../verify/anchor.ts";
import { type BoardProofs, proveBoardWords } from "../verify/board-proofs.ts";
import { applyTrustStatements } from "../verify/trust-statements.ts";
import type { EncodedHeader, EthereumNode } from "../witness/ethereum-node.ts";
import { type ProofSources, witnessedHeader } from "../witness/witnessed-header.ts";

export interface ProofRequest {
  /** What the unit trusts once it has taken the statements. */
  readonly trust: TrustBlock;
  /** That lead it there, at most four. */
  readonly statements?: readonly TrustStatement[];
  /** The unit's challenge, where the step or the user wants one. */
  readonly nonce?: Uint8Array;
  /** Whether to prove the license word; it is unless said otherwise. */
  readonly license?: boolean;
  /** Manifest digest, for its release word. */
  readonly release?: Uint8Array;
  /** Whether to prove the root word. */
  readonly root?: boolean;
}

/** What lies between a unit's trust and today's: the root word is needed where the statements change the root. */
export function towards(
  start: Anchor,
  statements: readonly TrustStatement[],
): Required<Pick<ProofRequest, "trust" | "statements" | "root">> {
  const { trust } = applyTrustStatements(start, statements);
  return { trust, statements, root: !equalBytes(trust.rootHash, start.trust.rootHash) };
}

/**
 * @returns the encoded `#chain`; whether a unit takes it is for the verifier
 * @throws WITNESSES_DISAGREE, CHAIN_DISAGREES, CHAIN_UNREACHABLE, CHAIN_WRONG; PROOF_*, RLP_MALFORMED,
 * ACCOUNT_* and HEADER_MALFORMED for a node that lies, by its name
 */
export async function proveChainBlock(request: ProofRequest, sources: ProofSources): Promise<Uint8Array> {
  const { trust, statements = [], nonce = NO_CHALLENGE } = request;
  const { header, witnesses } = await witnessedHeader(trust, nonce, sources);
  const proofs = await fetchProofs(request, header, sources.nodes);
  return encodeChain({ trust: statements, header: header.rlp, nonce, witnesses, ...proofs });
}

async function fetchProofs(
  { trust, license = true, release, root = false }: ProofRequest,
  header: EncodedHeader,
  [node]: readonly EthereumNode[],
): Promise<BoardProofs> {
  if (node === undefined) throw new TouchmarkError("USAGE", { data: { missing: "a node" } });
  const { manufacturerId } = trust;
  const slots = {
    license: license ? licenseSlot(manufacturerId) : undefined,
    release: release === undefined ? undefined : releaseSlot(manufacturerId, release),
    root: root ? rootSlot(manufacturerId) : undefined,
  };
  const wanted = Object.values(slots).filter((slot) => slot !== undefined);
  if (wanted.length === 0) return { account: [], license: [], release: [], root: [] };
  const { account, storage } = await node.proofs(trust.board, wanted, header.number);
  const proofOf = (slot: Uint8Array | undefined): TrieProof => (slot && storage[wanted.indexOf(slot)]) ?? [];
  const proofs = {
    account,
    license: proofOf(slots.license),
    release: proofOf(slots.release),
    root: proofOf(slots.root),
  };
  // A node's proof is checked here, so that a lie is named before it is written.
  node.named(() => proveBoardWords(trust, header.stateRoot, proofs, release ?? new Uint8Array(32)));
  return proofs;
}
