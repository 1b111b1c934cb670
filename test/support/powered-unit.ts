// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { openTransport, type Transport } from "../../host/src/device/transport.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";

/** A unit under power with a client on its line; disposing pulls both plugs. */
export class PoweredUnit implements AsyncDisposable {
  readonly machine: VirtualUnit;
  readonly client: UnitClient;
  /** The client's line, for what no client says. */
  readonly line: Transport;
  readonly #settleMs: number;

  private constructor(machine: VirtualUnit, line: Transport, settleMs: number) {
    this.machine = machine;
    this.line = line;
    this.client = new UnitClient(new SmpClient(line));
    this.#settleMs = settleMs;
  }

  /**
   * @param settleMs what passes before the plug is pulled: what was acknowledged stands in the chip's files then
   * @param patienceMs how long it may take until hello is answered
   */
  static async on(
    chip: ChipFiles,
    start: (chip: ChipFiles) => Promise<VirtualUnit> = startQemu,
    settleMs = 0,
    patienceMs?: number,
  ): Promise<PoweredUnit> {
    const machine = await start(chip);
    try {
      const unit = new PoweredUnit(machine, await openTransport(machine.address), settleMs);
      await unit.client.waitForHello(patienceMs);
      return unit;
    } catch (error) {
      await machine.kill();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await sleep(this.#settleMs);
    await this.machine.kill();
  }
}
