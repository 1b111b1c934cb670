// SPDX-License-Identifier: Apache-2.0
// Other people's SMP clients against a locked unit in QEMU over its pty: smpmgr (Python, SMP v2) and Apache's mcumgr (Go,
// SMP v1, pipelined). Each takes a release through the gate, from an unplugged upload to its confirmation.
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import { decodeBundle } from "../../host/src/protocol/bundle.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../host/src/protocol/suit-manifest.ts";
import { provision } from "../../host/src/station/provision.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { findProgram, type Output, runProgram } from "../support/programs.ts";
import { Workshop } from "../support/workshop.ts";

const PATIENCE_MS = 90_000;
const STUBBORN_MS = 15_000;

interface Words {
  readonly echo: readonly string[];
  readonly list: readonly string[];
  readonly upload: (file: string) => readonly string[];
  readonly test: (hash: string) => readonly string[];
  readonly confirm: readonly string[];
  readonly reset: readonly string[];
}

interface Client {
  readonly name: string;
  readonly variable: string;
  readonly line: (pty: string) => readonly string[];
  readonly words: Words;
  /** What it says of an image that runs, and of one that is confirmed. */
  readonly shows: { readonly active: RegExp; readonly confirmed: RegExp };
  /** Said once some of the bundle has gone. */
  readonly underWay: RegExp;
  /** What it says of IMAGE_DIGEST_MISMATCH (143). Undefined: it tries again until it is stopped. */
  readonly refusal?: RegExp;
}

const CLIENTS: readonly Client[] = [
  {
    name: "smpmgr",
    variable: "TOUCHMARK_SMPMGR",
    line: (pty) => ["--port", pty, "--timeout", "10", "--line-buffers", "16"],
    words: {
      echo: ["os", "echo", "hello"],
      list: ["image", "state-read"],
      upload: (file) => ["image", "upload", "--format", "any", file],
      test: (hash) => ["image", "state-write", hash],
      confirm: ["image", "state-write", "--confirm"],
      reset: ["os", "reset"],
    },
    shows: { active: /version='1\.1\.0'.*active=True/s, confirmed: /version='1\.1\.0'.*confirmed=True/s },
    underWay: / [2-6]\d\.\d%/,
    refusal: /143/,
  },
  {
    name: "mcumgr",
    variable: "TOUCHMARK_MCUMGR",
    line: (pty) => ["--conntype", "serial", "--connstring", `dev=${pty},baud=115200,mtu=512`],
    words: {
      echo: ["echo", "hello"],
      list: ["image", "list"],
      upload: (file) => ["image", "upload", file],
      test: (hash) => ["image", "test", hash],
      confirm: ["image", "confirm"],
      reset: ["reset"],
    },
    shows: {
      active: /version: 1\.1\.0\s+bootable: true\s+flags: [^\n]*active/,
      confirmed: /version: 1\.1\.0\s+bootable: true\s+flags: [^\n]*confirmed/,
    },
    underWay: / [2-6]\d\.\d+%/,
  },
];

const found = new Map(CLIENTS.map((client) => [client, findProgram(client.name, client.variable)]));

describe("other SMP clients", function () {
  this.timeout(480_000);
  let workshop: Workshop | undefined;
  let release: SignedRelease | undefined;

  before(async () => {
    if ([...found.values()].every((path) => path === undefined)) return;
    workshop = await Workshop.open();
    release = await workshop.release("1.1.0", 2);
  });
  after(() => workshop?.[Symbol.asyncDispose]());

  for (const [client, path] of found) {
    const title = `A6 D4 ${client.name} takes a release from an unplugged upload to its confirmation, and shows a refusal`;
    const test = path === undefined ? it.skip : it;
    test(title, async () => {
      if (workshop === undefined || release === undefined || path === undefined) throw new Error("nothing to run");
      const chip = workshop.newChip();
      const bundle = await provisioned(workshop, chip, `TM1-${client.name}`, release);
      const digest = toHex(manifestDigest(decodeBundle(bundle).manifest));
      const file = workshop.folder.join(`${client.name}.suit`);
      const altered = workshop.folder.join(`${client.name}-altered.suit`);
      writeFileSync(file, bundle);
      writeFileSync(
        altered,
        bundle.map((byte, at) => (at === bundle.length - 1 ? byte ^ 1 : byte)),
      );

      await using first = await Powered.on(chip, path, client);
      expect((await first.say(client.words.echo)).text).to.contain("hello");
      expect((await first.say(client.words.list)).text).to.contain("1.0.0");
      await showRefusal(first, client, altered);
      await first.say(client.words.upload(file), client.underWay);
      await first.unplug();

      await using second = await Powered.on(chip, path, client);
      expect((await second.say(client.words.upload(file))).status).to.equal(0);
      expect((await second.say(client.words.test(digest))).status).to.equal(0);
      await second.say(client.words.reset);
      await second.awake();
      expect((await second.say(client.words.list)).text).to.match(client.shows.active);
      expect((await second.say(client.words.list)).text).not.to.match(client.shows.confirmed);
      await second.say(client.words.confirm);
      expect((await second.say(client.words.list)).text).to.match(client.shows.confirmed);
    });
  }
});

async function showRefusal(unit: Powered, { words, refusal }: Client, altered: string): Promise<void> {
  const patience = refusal === undefined ? STUBBORN_MS : PATIENCE_MS;
  const { text } = await unit.say(words.upload(altered), undefined, patience);
  if (refusal !== undefined) expect(text).to.match(refusal);
  expect((await unit.say(words.list)).text).not.to.contain("1.1.0");
}

/** A locked unit, and a bundle of the release for it. */
async function provisioned(
  workshop: Workshop,
  chip: ChipFiles,
  serial: string,
  release: SignedRelease,
): Promise<Uint8Array> {
  await using unit = await PoweredUnit.on(chip);
  await provision(workshop.station, unit.client, { serial });
  return await workshop.bundle(release, unit.client);
}

/** A unit whose line is free for another program. */
class Powered implements AsyncDisposable {
  readonly #machine: Awaited<ReturnType<typeof startQemu>>;
  readonly #program: string;
  readonly #client: Client;

  private constructor(machine: Awaited<ReturnType<typeof startQemu>>, program: string, client: Client) {
    this.#machine = machine;
    this.#program = program;
    this.#client = client;
  }

  static async on(chip: ChipFiles, program: string, client: Client): Promise<Powered> {
    const powered = new Powered(await startQemu(chip), program, client);
    await powered.awake();
    return powered;
  }

  /** Until it answers our own client, which lets go of the line again. */
  async awake(): Promise<void> {
    const own = await UnitClient.connect(this.#machine.address);
    await own.waitForHello();
    await own.close();
  }

  say(words: readonly string[], until?: RegExp, patience = PATIENCE_MS): Promise<Output> {
    return runProgram(this.#program, [...this.#client.line(this.#machine.address), ...words], patience, until);
  }

  unplug(): Promise<void> {
    return this.#machine.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#machine.kill();
  }
}
