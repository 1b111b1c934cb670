// SPDX-License-Identifier: Apache-2.0
// A QEMU's first serial line, and where it ends.
import type { Child } from "./child-process.ts";
import { type Lines, socketOf } from "./virtual-unit.ts";

export interface QemuSerial {
  /** The serial line's other end: a pty unless `unix:PATH` or `tcp:HOST:PORT` is given. */
  readonly serial?: string;
}

/** For `-serial`. */
export function serialArgument(serial: string): string {
  return serial === "pty" ? serial : `${serial.replaceAll(",", ",,")},server=on,wait=off`;
}

/** Once somebody can talk there. */
export function serialAddress(serial: string, child: Child, output: Lines): Promise<string> {
  return serial === "pty" ? ptyOf(output) : socketOf(serial, child);
}

function ptyOf(output: Lines): Promise<string> {
  return new Promise((resolve) => {
    output.onLine((line) => {
      const path = /char device redirected to (\/dev\/\S+) /.exec(line)?.[1];
      if (path !== undefined) resolve(path);
    });
  });
}
