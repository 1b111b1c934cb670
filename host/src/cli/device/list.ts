// SPDX-License-Identifier: Apache-2.0
import { listSerialPorts } from "../../device/list-ports.ts";
import { verb } from "../verb.ts";

export const list = verb({
  command: "list",
  describe: "List this machine's serial ports",
  builder: (yargs) => yargs.example("$0 device list", "ports with hardware behind them"),
  handler: async () => {
    const ports = listSerialPorts();
    const lines = ports.map(({ path, usb }) => (usb ? `${path}  ${usb.id} ${usb.product}` : path));
    return { json: ports, text: lines.join("\n") || "no serial port is here" };
  },
});
