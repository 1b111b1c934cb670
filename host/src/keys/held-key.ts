// SPDX-License-Identifier: Apache-2.0
import type { OpenSigner } from "./open-key.ts";

/** A key that a folder will name: one in a token, or a new one whose file is not written yet. */
export interface HeldKey {
  readonly signer: OpenSigner;
  /** Path of its file, where an earlier run has left it. */
  readonly found?: string;
  /** As it stands in the folder's `key` file. */
  readonly reference: string;
  /** Makes a new key last; before that nothing is on disk, so that a refused request leaves nothing behind. */
  keep(): Promise<void>;
}
