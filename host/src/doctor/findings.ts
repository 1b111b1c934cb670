// SPDX-License-Identifier: Apache-2.0
// What a machine has and lacks for Touchmark: programs, what was built, serial ports.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { listSerialPorts } from "../device/list-ports.ts";

/** What does not work without it. */
export type Need = "everything" | "the demo" | "firmware" | "units" | "tests" | "keys in a token";

export interface Finding {
  readonly what: string;
  readonly need: Need;
  readonly ok: boolean;
  /** Where it is, or what to do. */
  readonly detail: string;
}

interface Program {
  readonly command: string;
  readonly need: Need;
  readonly remedy: string;
}

const NODE_FLOOR = [24, 15] as const;

const programs: readonly Program[] = [
  { command: "qemu-system-riscv32", need: "the demo", remedy: "apt-get install qemu-system-misc" },
  { command: "riscv64-unknown-elf-gcc", need: "firmware", remedy: "apt-get install gcc-riscv64-unknown-elf" },
  { command: "make", need: "firmware", remedy: "apt-get install make" },
  { command: "cc", need: "tests", remedy: "apt-get install gcc" },
  { command: "openssl", need: "tests", remedy: "apt-get install openssl" },
  {
    command: "softhsm2-util",
    need: "tests",
    remedy: "apt-get install softhsm2; without it the token tests are skipped",
  },
];

const built: readonly { readonly path: string; readonly need: Need }[] = [
  { path: "node_modules/ethers/package.json", need: "everything" },
  { path: "node_modules/hardhat/package.json", need: "the demo" },
  { path: "build/contracts/contracts/src/board/OtaBoard.sol/OtaBoard.json", need: "the demo" },
  { path: "build/firmware/virt/bootloader.bin", need: "the demo" },
  { path: "node_modules/pkcs11js/build/Release/pkcs11.node", need: "keys in a token" },
];

/** @param root the repository @param searchPath folders as in PATH */
export function examine(root: string, searchPath: string): Finding[] {
  return [
    nodeVersion(process.versions.node),
    ...programs.map((program) => findProgram(program, searchPath)),
    ...built.map(({ path, need }) =>
      finding(path, need, existsSync(join(root, path)), "there", "run scripts/bootstrap"),
    ),
    ...serialPorts(),
  ];
}

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const ok = major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
  return finding(
    `Node ${NODE_FLOOR.join(".")} or newer`,
    "everything",
    ok,
    version,
    `it is ${version}: run scripts/bootstrap`,
  );
}

function findProgram({ command, need, remedy }: Program, searchPath: string): Finding {
  const found = searchPath
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((path) => may(path, constants.X_OK));
  return finding(command, need, found !== undefined, found ?? "", remedy);
}

function serialPorts(): Finding[] {
  const ports = listSerialPorts();
  if (ports.length === 0) return [finding("a serial port", "units", false, "", "plug a unit in")];
  return ports.map(({ path, usb }) => {
    const ok = may(path, constants.R_OK | constants.W_OK);
    return finding(path, "units", ok, usb?.product ?? "there", `not yours to open: join the group of ${path}`);
  });
}

function finding(what: string, need: Need, ok: boolean, there: string, remedy: string): Finding {
  return { what, need, ok, detail: ok ? there : remedy };
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
