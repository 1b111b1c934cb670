// SPDX-License-Identifier: Apache-2.0
// npm run esp-cuts -- [--count N] [--seed S] [--json]: pulls the plug of a locked ESP32-C3 (SIGKILL to Espressif's QEMU,
// which ESP_QEMU names) at random moments of an update that goes on each time. Exits with 1 where a unit does not come back.
import { hasEspQemu } from "../host/src/device/esp-qemu.ts";
import { runEspCuts } from "../test/support/esp-cuts.ts";
import { seedOfRun } from "../test/support/random.ts";
import { scriptArguments } from "./lib/arguments.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    count: { type: "string", default: "200" },
    seed: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
if (!hasEspQemu(process.env["ESP_QEMU"])) {
  console.error("ESP_QEMU names no QEMU that has the esp32c3");
  process.exit(2);
}
const seed = Number(values.seed ?? seedOfRun());
const result = await runEspCuts(Number(values.count), seed, (line) => console.error(line));
console.log(
  values.json
    ? JSON.stringify(result)
    : Object.entries(result)
        .map((row) => row.join("  "))
        .join("\n"),
);
process.exit(result.lost === 0 ? 0 : 1);
