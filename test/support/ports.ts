// SPDX-License-Identifier: Apache-2.0
// The flows that every machine has to go through: QEMU's virt, and the ESP32-C3 where ESP_QEMU names a QEMU that has it.
import type { Suite } from "mocha";
import { DEMO_PORTS, type DemoPort } from "../../host/src/demo/firmware.ts";
import { hasEspQemu } from "../../host/src/device/esp-qemu.ts";

const hasEsp = hasEspQemu(process.env["ESP_QEMU"]);

/** One suite for each port; without its machine its tests are skipped, each by its name. */
export function describeOnPorts(title: string, tests: (this: Suite, port: DemoPort) => void): void {
  for (const port of DEMO_PORTS) {
    const suite = port === "virt" || hasEsp ? describe : describe.skip;
    suite(`${title}, on ${port}`, function () {
      tests.call(this, port);
    });
  }
}
