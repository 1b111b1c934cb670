// SPDX-License-Identifier: Apache-2.0
import type { UnitClient } from "../device/unit-client.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Hello } from "../protocol/messages/hello.ts";
import type { TestResult } from "../protocol/minting-record.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import type { BatchTerms } from "../registry/batch/client.ts";
import type { DeviceRegistry } from "../registry/register.ts";
import type { ProofSources } from "../witness/witnessed-header.ts";
import type { Line } from "./line.ts";

/** What a station works with; the same for every unit. */
export interface Station {
  readonly line: Line;
  readonly ledger: Ledger;
  readonly registry: DeviceRegistry;
  readonly proofs: ProofSources;
  /** Where a unit counts as registered only once a witnessed block has it: how long to wait for one. */
  readonly proveRegistration?: Pick<BatchTerms, "poll" | "patience">;
  readonly hardwareModel: string;
  /** Manifest digest of the firmware that units are flashed with. */
  readonly firmwareDigest: Uint8Array;
  /** Of the factory image that units are flashed with. */
  readonly trust: TrustBlock;
  /** Unix seconds. */
  readonly now: () => number;
}

/** What the operator says about one unit. */
export interface UnitOrder {
  readonly serial: string;
  readonly imei?: string;
  /** Of the tests before birth, for the minting record. */
  readonly tests?: readonly TestResult[];
  /** Chip id of the scrapped board that this one replaces in its product. */
  readonly replaces?: string;
  /** Of the unit that has to be on this cable, where it is known beforehand. */
  readonly chipId?: string;
}

/** One unit on the station, as the steps pass it on. */
export interface Job {
  readonly station: Station;
  readonly unit: UnitClient;
  readonly order: UnitOrder;
  /** As the unit said when it came. */
  readonly hello: Hello;
}
