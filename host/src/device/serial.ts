// SPDX-License-Identifier: Apache-2.0
import { SerialPort } from "serialport";
import { TouchmarkError } from "../errors.ts";
import type { OpenStream } from "./transport.ts";

/** Opens a tty or pty for this process alone. @throws SERIAL_PORT. */
export function openSerial(path: string, baudRate: number): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.open((cause) => {
      if (cause) reject(new TouchmarkError("SERIAL_PORT", { data: { port: path }, cause }));
      else resolve({ stream: port, close: () => close(port) });
    });
  });
}

function close(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    if (port.isOpen) port.close(() => resolve());
    else resolve();
  });
}
