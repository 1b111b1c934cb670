// SPDX-License-Identifier: Apache-2.0
// An Ethereum account on one of our signers: a file or a token signs transactions, too.
import {
  AbstractSigner,
  getAddress,
  hashMessage,
  JsonRpcProvider,
  Network,
  type Provider,
  recoverAddress,
  resolveProperties,
  Signature,
  Transaction,
  type TransactionLike,
  type TransactionRequest,
  type TypedDataDomain,
  TypedDataEncoder,
  type TypedDataField,
} from "ethers";
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import { fromHex, toHex } from "../protocol/bytes.ts";

export class KeyAccount extends AbstractSigner {
  readonly #signer: Signer;

  constructor(signer: Signer, provider: Provider) {
    super(provider);
    this.#signer = signer;
  }

  override async getAddress(): Promise<string> {
    return getAddress(this.#signer.address);
  }

  override connect(provider: Provider): KeyAccount {
    return new KeyAccount(this.#signer, provider);
  }

  override async signTransaction(request: TransactionRequest): Promise<string> {
    const transaction = await transactionOf(request);
    transaction.signature = await this.#sign(transaction.unsignedHash);
    return transaction.serialized;
  }

  override async signMessage(message: string | Uint8Array): Promise<string> {
    return (await this.#sign(hashMessage(message))).serialized;
  }

  override async signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string> {
    return (await this.#sign(TypedDataEncoder.hash(domain, types, value))).serialized;
  }

  /** The signer gives r and s; of the two possible v, one recovers the address. */
  async #sign(digest: string): Promise<Signature> {
    const rs = toHex(await this.#signer.sign(fromHex(digest)));
    const candidates = [27, 28].map((v) => Signature.from(`0x${rs}${v.toString(16)}`));
    const found = candidates.find((each) => recoverAddress(digest, each).toLowerCase() === this.#signer.address);
    if (found === undefined) throw new TouchmarkError("SIGNATURE_INVALID");
    return found;
  }
}

// ethers hands over a Transaction, whose fields are getters, where it has filled the request in itself.
async function transactionOf(request: TransactionRequest | Transaction): Promise<Transaction> {
  if (request instanceof Transaction) return request.clone();
  const { from: _from, ...fields } = await resolveProperties(request);
  return Transaction.from(fields as TransactionLike);
}

/** A provider that asks nobody which network it is on, nor a gas station what a block costs there. The caller destroys it. */
export function staticProvider(url: string, chainId: bigint): JsonRpcProvider {
  // By number alone ethers takes Polygon's fees from a web service.
  const network = new Network(`chain ${chainId}`, chainId);
  return new JsonRpcProvider(url, network, { staticNetwork: network, cacheTimeout: -1 }); // a cached nonce is a used one
}
