// SPDX-License-Identifier: Apache-2.0
// The emulated unit's button: the link of a network device without a network, which QEMU's monitor (QMP) takes down and up.
// A contact that opens when it is pressed; see firmware/ports/virt/sense.c.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { TouchmarkError } from "../errors.ts";
import { openSocket } from "./socket.ts";
import type { OpenStream } from "./transport.ts";

const NAME = "button";

/** Of the emulated chip in the folder. */
export const buttonIn = (folder: string): string => join(folder, "button.sock");

/** For QEMU's command line. @param socket path; what stands there is removed */
export function buttonArguments(socket: string): string[] {
  rmSync(socket, { force: true });
  const monitor = `unix:${socket.replaceAll(",", ",,")},server=on,wait=off`;
  return ["-device", `virtio-net-device,id=${NAME}`, "-qmp", monitor];
}

/**
 * Holds the button down.
 * @throws SERIAL_PORT where no unit with a button is powered, or it loses power meanwhile
 */
export async function pressButton(socket: string, seconds: number): Promise<void> {
  const monitor = await openSocket(`unix:${socket}`);
  const lines = createInterface(monitor.stream);
  try {
    await command(monitor, lines, socket, { execute: "qmp_capabilities" });
    await setLink(false);
    await sleep(seconds * 1000);
    await setLink(true);
  } finally {
    lines.close();
    await monitor.close();
  }

  function setLink(up: boolean): Promise<void> {
    return command(monitor, lines, socket, { execute: "set_link", arguments: { name: NAME, up } });
  }
}

/** One answer follows each command; events may come before it. */
function command({ stream }: OpenStream, lines: Interface, port: string, request: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new TouchmarkError("SERIAL_PORT", { data: { port } }));
    const answered = (line: string): void => {
      if (line.startsWith('{"return"')) resolve();
      else if (line.startsWith('{"error"')) fail();
      else return;
      lines.off("line", answered);
      lines.off("close", fail);
    };
    lines.on("line", answered);
    lines.once("close", fail);
    stream.write(`${JSON.stringify(request)}\n`);
  });
}
