// SPDX-License-Identifier: Apache-2.0
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";

/** A unit under power with a client on its line; disposing pulls both plugs. */
export class PoweredUnit implements AsyncDisposable {
  readonly machine: VirtualUnit;
  readonly client: UnitClient;

  private constructor(machine: VirtualUnit, client: UnitClient) {
    this.machine = machine;
    this.client = client;
  }

  static async on(chip: ChipFiles, start: (chip: ChipFiles) => Promise<VirtualUnit> = startQemu): Promise<PoweredUnit> {
    const machine = await start(chip);
    try {
      return new PoweredUnit(machine, await UnitClient.connect(machine.address));
    } catch (error) {
      await machine.kill();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.machine.kill();
  }
}
