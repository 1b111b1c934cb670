// SPDX-License-Identifier: Apache-2.0

/** A secp256k1 key that signs, wherever it is kept. */
export interface Signer {
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** Ethereum address, 0x and 40 hexadecimal digits in lower case. */
  readonly address: string;
  /**
   * @param digest 32 bytes
   * @returns r ‖ s, 64 bytes, low-S
   * @throws KEY_LOCKED when the token or file cannot sign
   */
  sign(digest: Uint8Array): Promise<Uint8Array>;
}
