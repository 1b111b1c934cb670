// SPDX-License-Identifier: Apache-2.0
// What the acts of the demo share, and how it is taken down again.

import type { Ledger } from "../ledger/ledger.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import type { DemoAuthority } from "./authority.ts";
import type { DemoChain } from "./chain.ts";
import type { DemoPort } from "./firmware.ts";
import type { DemoLicense } from "./license.ts";
import type { Steps } from "./report.ts";
import type { DemoUnit } from "./unit.ts";
import type { DemoFederation } from "./witnesses.ts";

export const MANUFACTURER = "Acme Motors";
export const HARDWARE_MODEL = "TM-1";
export const SERIAL = "TM1-0001";

export interface Workshop {
  /** The repository. */
  readonly root: string;
  readonly port: DemoPort;
  /** A QEMU that has the ESP32-C3, where the unit is one. */
  readonly espQemu?: string | undefined;
  /** `build/demo` */
  readonly folder: string;
  readonly steps: Steps;
  /** Programs that were started; killed at the end unless they are kept. */
  readonly processes: AsyncDisposableStack;
  /** What is open in this process. */
  readonly open: AsyncDisposableStack;
}

/** After the first act: a licensed manufacturer. */
export interface World extends Workshop {
  readonly chain: DemoChain;
  readonly license: DemoLicense;
  readonly authority: DemoAuthority;
  readonly federation: DemoFederation;
  readonly ledger: Ledger;
  /** Of a blank unit. */
  readonly trust: TrustBlock;
}

/** After the second act: a unit with its place on chain. */
export interface Born {
  readonly unit: DemoUnit;
  readonly address: string;
  readonly tokenId: bigint;
}
