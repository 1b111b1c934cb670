// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { SerialPort } from "serialport";
import { TouchmarkError } from "../errors.ts";
import type { OpenStream } from "./transport.ts";

const WATCH_INTERVAL_MS = 200;

/** Opens a tty or pty for this process alone. @throws SERIAL_PORT. */
export function openSerial(path: string, baudRate: number): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.open((cause) => {
      if (cause) return reject(new TouchmarkError("SERIAL_PORT", { data: { port: path }, cause }));
      closeWhenUnplugged(port, path);
      resolve({ stream: port, setSignals: (signals) => setSignals(port, signals), close: () => close(port) });
    });
  });
}

// A tty that was hung up reads as 0 bytes, which serialport takes for "not yet" and reads again, for ever. Its device node
// goes with the plug, and no other takes its name while the port is open.
function closeWhenUnplugged(port: SerialPort, path: string): void {
  if (process.platform === "win32") return; // COM ports are no files
  const watch = setInterval(() => {
    if (!existsSync(path)) void close(port);
  }, WATCH_INTERVAL_MS);
  watch.unref();
  port.once("close", () => clearInterval(watch));
}

function setSignals(port: SerialPort, signals: { readonly dtr: boolean; readonly rts: boolean }): Promise<void> {
  return new Promise((resolve, reject) => {
    port.set(signals, (cause) => {
      if (cause)
        reject(new TouchmarkError("SERIAL_PORT", { data: { port: port.path, missing: "DTR and RTS" }, cause }));
      else resolve();
    });
  });
}

function close(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    if (port.isOpen) port.close(() => resolve());
    else resolve();
  });
}
