// SPDX-License-Identifier: Apache-2.0
// The emulated unit's button: the link of a network device without a network, which QEMU's monitor (QMP) takes down and up.
// A contact that opens when it is pressed; see firmware/ports/virt/sense.c.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { TouchmarkError } from "../errors.ts";
import { openSocket } from "./socket.ts";

const NAME = "button";
/** For one answer of the monitor, which is on this machine. */
const PATIENCE_MS = 2_000;

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
 * @throws SERIAL_PORT where no unit with a button is powered, nothing there answers as one, or it loses power meanwhile
 */
export async function pressButton(socket: string, seconds: number): Promise<void> {
  const { stream, close } = await openSocket(`unix:${socket}`);
  const lines = createInterface(stream);
  const gone = new Promise<never>((_resolve, reject) => {
    const fail = (cause?: Error): void => reject(new TouchmarkError("SERIAL_PORT", { data: { port: socket }, cause }));
    stream.once("close", fail).on("error", fail);
    lines.on("error", fail);
  });
  gone.catch(() => undefined);
  const command = async (request: object): Promise<void> => {
    const late = sleep(PATIENCE_MS, false, { ref: false });
    const answer = answerOf(lines);
    stream.write(`${JSON.stringify(request)}\n`);
    if (!(await Promise.race([answer, late, gone])))
      throw new TouchmarkError("SERIAL_PORT", { data: { port: socket, hint: "no monitor of a unit answers there" } });
  };
  const setLink = (up: boolean): Promise<void> => command({ execute: "set_link", arguments: { name: NAME, up } });
  try {
    await command({ execute: "qmp_capabilities" });
    await setLink(false);
    await Promise.race([sleep(seconds * 1000), gone]);
    await setLink(true);
  } finally {
    lines.close();
    await close();
  }
}

/** Whether the next answer is no refusal; events may come before it. */
function answerOf(lines: Interface): Promise<boolean> {
  return new Promise((resolve) => {
    const answered = (line: string): void => {
      if (!/^\{"(return|error)"/.test(line)) return;
      lines.off("line", answered);
      resolve(line.startsWith('{"return"'));
    };
    lines.on("line", answered);
  });
}
