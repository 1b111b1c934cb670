// SPDX-License-Identifier: Apache-2.0
// Secrets are looked for where they must not be: on the line, in every answer, in the ledger, in what processes wrote.
import { randomBytes } from "node:crypto";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { issueLine } from "../../host/src/authority/authority.ts";
import { publishCrl } from "../../host/src/authority/publish-crl.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { openTransport, type Transport } from "../../host/src/device/transport.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import { newSecret } from "../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../host/src/keys/memory-signer.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { decodeCertificate } from "../../host/src/protocol/certificate.ts";
import { FrameDecoder } from "../../host/src/protocol/console-frame.ts";
import { smp } from "../../host/src/protocol/generated.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { openLine } from "../../host/src/station/line.ts";
import { provision } from "../../host/src/station/provision.ts";
import type { Station } from "../../host/src/station/station.ts";
import { formsOf, unwrapDeviceKey } from "../support/open-chip.ts";
import { Workshop } from "../support/workshop.ts";

const COMMANDS = 32;
const SMALL_FILE_BYTES = 1 << 22;

/** A line that keeps all that went over it, as it was and out of its frames. */
async function tapped(address: string): Promise<{ readonly line: Transport; readonly heard: Uint8Array[] }> {
  const inner = await openTransport(address);
  const heard: Uint8Array[] = [];
  const [down, up] = [new FrameDecoder(), new FrameDecoder()];
  inner.onData((bytes) => heard.push(Uint8Array.from(bytes), ...up.push(bytes)));
  const write = (bytes: Uint8Array): Promise<void> => {
    heard.push(Uint8Array.from(bytes), ...down.push(bytes));
    return inner.write(bytes);
  };
  const line = { ...inner, address: inner.address, write };
  return {
    line: {
      ...line,
      onData: (listener) => inner.onData(listener),
      onGone: (listener) => inner.onGone(listener),
      close: () => inner.close(),
    },
    heard,
  };
}

/** Every command of every group, read and written, empty and with all that others take. */
async function askEverything(client: SmpClient): Promise<number> {
  const bytes = randomBytes(32);
  const payloads = [
    {},
    { nonce: bytes, digest: bytes, hash: bytes, data: bytes, off: 0, len: 32, sha: bytes, of: 0 },
    { key: bytes, secret: bytes, raw: bytes, payload: bytes },
  ];
  let answers = 0;
  for (const group of [smp.group.os, smp.group.image, smp.group.touchmark])
    for (let command = 0; command < COMMANDS; command++)
      for (const op of ["read", "write"] as const)
        for (const payload of payloads) {
          // A reset is no answer, and takes the unit from the line.
          if (group === smp.group.os && command === smp.os.reset) continue;
          await client.request({ op, group, command, payload, timeoutMs: 20_000 }).catch(() => undefined);
          answers += 1;
        }
  return answers;
}

describe("secrets", function () {
  this.timeout(240_000);
  let workshop: Workshop;
  let lineSecret: Uint8Array;
  /** Of root, demo line and OTA signer. */
  const authoritySecrets: Uint8Array[] = [];
  let station: Station;
  let chip: ChipFiles;
  let heard: Uint8Array[];
  let deviceSecret: Uint8Array;

  before(async () => {
    workshop = await Workshop.open("virt", () => {
      const secret = newSecret();
      authoritySecrets.push(Uint8Array.from(secret));
      return memorySigner(secret);
    });
    const { root } = workshop.world.authority;
    const { ledger, now } = workshop.station;
    lineSecret = newSecret();
    const signer = memorySigner(Uint8Array.from(lineSecret));
    const request = { station: "FAKE tapped", publicKey: signer.publicKey, units: 10, now: now(), days: 1 };
    const path = [(await issueLine(request, root)).der, root.certificate.der] as const;
    station = { ...workshop.station, line: openLine(path, signer, ledger, now()) };
    const revoked = { revocations: [], number: 1n, now: now(), days: 1 };
    writeFileSync(workshop.folder.join("crl.pem"), encodePem("X509 CRL", (await publishCrl(revoked, root)).der));
    chip = workshop.newChip();
    const machine = await startQemu(chip);
    const tap = await tapped(machine.address);
    heard = tap.heard;
    const client = new SmpClient(tap.line);
    const unit = new UnitClient(client);
    try {
      await provision(station, unit, { serial: "TM1-0001" }, { until: "verify" });
      expect(await askEverything(client)).to.be.greaterThan(500);
      const row = await provision(station, unit, { serial: "TM1-0001" });
      expect(row?.state).to.equal("locked");
      await askEverything(client);
      const { publicKey } = decodeCertificate(row?.certificate ?? new Uint8Array());
      deviceSecret = unwrapDeviceKey(chip, fromHex(row?.chipId ?? ""), publicKey);
    } finally {
      await unit.close();
      await machine.kill();
    }
  });
  after(() => workshop[Symbol.asyncDispose]());

  const found = (secret: Uint8Array, where: Buffer): boolean => formsOf(secret).some((form) => where.includes(form));
  const files = (): string[] =>
    globSync(`${workshop.folder.path}/**/*`).filter((path) => {
      const status = statSync(path);
      return status.isFile() && status.size <= SMALL_FILE_BYTES;
    });

  it("A2 A17 a device's key is on no line, in no answer to any command, before lock or after", () => {
    expect(heard.length).to.be.greaterThan(1000);
    for (const part of heard) expect(found(deviceSecret, Buffer.from(part))).to.equal(false);
    expect(found(deviceSecret, Buffer.concat(heard))).to.equal(false);
  });

  it("A2 a device's key stands nowhere in the open in its own flash or one-time memory", () => {
    for (const path of [chip.flash, chip.oneTime])
      expect(found(deviceSecret, readFileSync(path)), path).to.equal(false);
  });

  it("A17 no key of a device, a line, the root or an OTA signer is in the ledger, the records or any log", () => {
    const paths = files();
    expect(paths.some((path) => path.includes("ledger.sqlite"))).to.equal(true);
    for (const path of paths)
      for (const secret of [deviceSecret, lineSecret, ...authoritySecrets])
        expect(found(secret, readFileSync(path)), path).to.equal(false);
  });

  it("A17 no key of a line, the root or an OTA signer is on the line to a unit", () => {
    expect(authoritySecrets).to.have.length(3);
    for (const secret of [lineSecret, ...authoritySecrets]) expect(found(secret, Buffer.concat(heard))).to.equal(false);
  });

  it("A17 would be found, were one there", () => {
    const leak = Buffer.concat([randomBytes(7), Buffer.from(deviceSecret), randomBytes(9)]);
    expect(found(deviceSecret, leak)).to.equal(true);
    for (const secret of [lineSecret, ...authoritySecrets])
      expect(found(secret, Buffer.from(`key=${Buffer.from(secret).toString("hex")}`))).to.equal(true);
  });
});
