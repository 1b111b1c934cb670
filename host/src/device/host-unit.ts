// SPDX-License-Identifier: Apache-2.0
// The host port's unit: the same firmware as a process of this machine, its serial line a Unix socket.
import { startChild } from "./child-process.ts";
import type { ChipFiles } from "./chip-files.ts";
import { powered, socketOf, type VirtualUnit } from "./virtual-unit.ts";

/** @param program `build/firmware/host/touchmark-unit` @param socket path for its serial line @throws TOOL_MISSING */
export async function startHostUnit(program: string, chip: ChipFiles, socket: string): Promise<VirtualUnit> {
  const child = await startChild(program, ["--socket", socket, "--flash", chip.flash, "--one-time", chip.oneTime]);
  return await powered(child, () => socketOf(`unix:${socket}`, child));
}
