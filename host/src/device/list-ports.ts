// SPDX-License-Identifier: Apache-2.0
// Serial ports from sysfs. SerialPort.list() kills the process where udevadm is missing.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { UsbIds } from "./web-serial.ts";

export interface SerialPortInfo {
  /** `/dev/ttyUSB0` */
  readonly path: string;
  /** USB ids as `303a:1001`, and what the adapter calls itself; absent for a port that is not on USB. */
  readonly usb?: { readonly id: string; readonly product: string; readonly serialNumber: string };
}

/** Ports that have hardware behind them, in name order. Empty where there is no sysfs. */
export function listSerialPorts(sysfs = "/sys/class/tty"): SerialPortInfo[] {
  return names(sysfs)
    .filter((name) => hasHardware(join(sysfs, name)))
    .toSorted()
    .map((name) => ({ path: `/dev/${name}`, ...usbOf(join(sysfs, name, "device")) }));
}

/** Of the port that a path leads to; undefined where it is not on USB. */
export function usbIdsOf(path: string, sysfs?: string): UsbIds | undefined {
  const port = listSerialPorts(sysfs).find((each) => each.path === (exists(path) ?? path));
  const [usbVendorId, usbProductId] = port?.usb?.id.split(":").map((id) => Number.parseInt(id, 16)) ?? [];
  return usbVendorId === undefined || usbProductId === undefined ? undefined : { usbVendorId, usbProductId };
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

// The 8250 driver makes ttyS0 … ttyS3 whether or not there is a chip: those have type 0.
function hasHardware(tty: string): boolean {
  if (!exists(join(tty, "device"))) return false;
  return read(join(tty, "type")) !== "0";
}

function usbOf(device: string): Pick<SerialPortInfo, "usb"> {
  for (let at = exists(device); at !== undefined && at !== "/" && at !== "."; at = dirname(at)) {
    const vendor = read(join(at, "idVendor"));
    if (vendor === "") continue;
    const id = `${vendor}:${read(join(at, "idProduct"))}`;
    return { usb: { id, product: read(join(at, "product")), serialNumber: read(join(at, "serial")) } };
  }
  return {};
}

function exists(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
