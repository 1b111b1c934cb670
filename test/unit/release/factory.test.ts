// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import { terminal } from "../../../host/src/cli/io.ts";
import { factory } from "../../../host/src/cli/release/factory.ts";
import { checkFactoryImage } from "../../../host/src/device/factory-image.ts";
import { portOfApp } from "../../../host/src/protocol/app-image.ts";
import { equalBytes, toHex } from "../../../host/src/protocol/bytes.ts";

import { classId } from "../../../host/src/protocol/class-id.ts";
import { encodeEspImage } from "../../../host/src/protocol/esp-image.ts";
import { signEspImage } from "../../../host/src/protocol/esp-signature.ts";
import { flash, layouts } from "../../../host/src/protocol/generated.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { encodeSignedRelease, type SignedRelease } from "../../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../../host/src/protocol/suit-manifest.ts";
import { encodeTrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { type FactoryParts, factoryImage, factoryTrust } from "../../../host/src/release/factory.ts";
import { fakeRelease, fakeTrust } from "../../support/fake-factory.ts";
import { refusal, verdict } from "../../support/refusal.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const ESP_BOOTLOADER = encodeEspImage({
  entry: 0x403c0000,
  segments: [{ address: 0x3fcc0000, bytes: new Uint8Array(64) }],
});
const PASSPHRASE = "FAKE passphrase of a test";

describe("factory image", () => {
  let release: SignedRelease;
  let parts: FactoryParts;

  const chipParts = async () => ({ bootloader: ESP_BOOTLOADER, release: await fakeRelease({}, "esp32c3") });

  before(async () => {
    release = await fakeRelease();
    parts = { port: "virt", bootloader: Uint8Array.of(1, 2, 3), release, trust: fakeTrust };
  });

  for (const port of ["virt", "esp32c3"] as const) {
    it(`has each part in its region and is erased elsewhere, for ${port}`, async () => {
      const { bootloader, release } = { ...parts, ...(port === "esp32c3" && (await chipParts())) };
      const image = factoryImage({ ...parts, port, bootloader, release });
      const { regions } = flash[port];
      const at = (name: keyof typeof regions): Uint8Array =>
        image.subarray(regions[name].offset, regions[name].offset + regions[name].size);
      const starts = (name: keyof typeof regions, bytes: Uint8Array): void => {
        expect(equalBytes(at(name).subarray(0, bytes.length), bytes), name).to.equal(true);
        expect(
          at(name)
            .subarray(bytes.length)
            .every((byte) => byte === 0xff),
          `${name} is erased behind it`,
        ).to.equal(true);
      };
      starts("bootloader", bootloader);
      starts("moving0", encodeTrustBlock(fakeTrust));
      starts("slotAImage", release.image);
      for (const name of [
        "bootRecord1",
        "identity0",
        "identity1",
        "moving1",
        "staging",
        "slotBHead",
        "slotBImage",
        "progress",
      ] as const)
        starts(name, new Uint8Array());
      expect(image.length).to.equal(Math.max(...Object.values(regions).map(({ offset, size }) => offset + size)));
      expect(factoryTrust(image, port)).to.deep.equal(fakeTrust);
      for (const other of ["virt", "esp32c3", "toString"].filter((name) => name !== port))
        expect(verdict(() => factoryTrust(image, other))).to.equal("FACTORY_IMAGE");
      const [trust, broken] = [regions.moving0.offset, image.slice()];
      broken[trust + 40] = (broken[trust + 40] ?? 0) ^ 1;
      expect(verdict(() => factoryTrust(broken, port))).to.equal("TRUST_BLOCK_MALFORMED");
    });
  }

  it("leaves root and receipt of the slot head erased, for lock to program", () => {
    const head = factoryImage(parts).subarray(flash.virt.regions.slotAHead.offset);
    const { fields, size } = layouts.slotHead;
    expect(toHex(head.subarray(fields.rootPublicKey.offset, size))).to.equal(
      "ff".repeat(size - fields.rootPublicKey.offset),
    );
    const view = Buffer.from(head.subarray(0, size));
    expect(view.toString("latin1", 0, 4)).to.equal("TMSH");
    expect(view.readUInt32BE(fields.imageSize.offset)).to.equal(release.image.length);
    expect(view.readUInt16BE(fields.manifestLength.offset)).to.equal(release.manifest.length);
    const behind = [...release.authentication, ...release.manifest];
    expect([...head.subarray(size, size + behind.length)]).to.deep.equal(behind);
  });

  it("has a confirmed boot record of the release in slot A", () => {
    const { bootRecord0 } = flash.virt.regions;
    const record = Buffer.from(
      factoryImage(parts).subarray(bootRecord0.offset, bootRecord0.offset + layouts.bootRecord.size),
    );
    const { fields } = layouts.bootRecord;
    expect([record[fields.slot.offset], record[fields.state.offset]]).to.deep.equal([0, 1]);
    expect(toHex(record.subarray(fields.manifestDigest.offset, fields.manifestDigest.offset + 32))).to.equal(
      toHex(manifestDigest(release.manifest)),
    );
    expect(record.readUInt32BE(fields.crc32.offset)).to.equal(crc32(record.subarray(0, fields.crc32.offset)));
  });

  const wrong: readonly [title: string, change: () => Partial<FactoryParts>, code: string][] = [
    ["a bootloader larger than its region", () => ({ bootloader: new Uint8Array(262_145) }), "IMAGE_SIZE"],
    ["an image cut off", () => ({ release: { ...release, image: release.image.subarray(1) } }), "IMAGE_SIZE"],
    [
      "another image",
      () => ({ release: { ...release, image: release.image.map((byte) => byte ^ 1) } }),
      "IMAGE_DIGEST_MISMATCH",
    ],
    ["another vendor's trust", () => ({ trust: { ...fakeTrust, vendorId: new Uint8Array(16) } }), "VENDOR_MISMATCH"],
    ["another class's trust", () => ({ trust: { ...fakeTrust, classId: new Uint8Array(16) } }), "CLASS_MISMATCH"],
    ["another chain's trust", () => ({ trust: { ...fakeTrust, chainId: 1n } }), "CHAIN_ID_MISMATCH"],
    ["another board's trust", () => ({ trust: { ...fakeTrust, board: new Uint8Array(20) } }), "BOARD_MISMATCH"],
    ["a trust block with a root", () => ({ trust: { ...fakeTrust, manufacturerId: 7n } }), "TRUST_BLOCK_MALFORMED"],
    ["a threshold of none", () => ({ trust: { ...fakeTrust, witnessThreshold: 0 } }), "TRUST_BLOCK_MALFORMED"],
  ];
  for (const [title, change, code] of wrong)
    it(`is not made of ${title}`, () => {
      expect(verdict(() => factoryImage({ ...parts, ...change() }))).to.equal(code);
    });

  it("is not made of what was built for another port", async () => {
    const chip = await chipParts();
    const made = (change: Partial<FactoryParts>) => verdict(() => factoryImage({ ...parts, ...change }));
    const at = (port: FactoryParts["port"], part: keyof typeof chip) => made({ ...chip, port, [part]: parts[part] });
    expect([parts.release, chip.release].map(({ image }) => portOfApp(image))).to.deep.equal(["virt", "esp32c3"]);
    expect(portOfApp(new Uint8Array(64)), "an app that begins otherwise").to.equal(undefined);
    expect(at("esp32c3", "release")).to.equal("FACTORY_IMAGE");
    expect(at("esp32c3", "bootloader")).to.equal("ESP_IMAGE_MALFORMED");
    expect(made({ release: chip.release })).to.equal("FACTORY_IMAGE");
    expect(made({ bootloader: chip.bootloader })).to.equal("FACTORY_IMAGE");
    const { length } = ESP_BOOTLOADER;
    const broken = ESP_BOOTLOADER.map((byte, i) => (i === length - 1 ? byte ^ 1 : byte));
    expect(made({ ...chip, port: "esp32c3", bootloader: broken }), "the mask ROM's digest").to.equal(
      "ESP_IMAGE_DIGEST",
    );
  });

  it("A13 has a bootloader that the mask ROM's secure boot takes, where the verb is given a key for it", async () => {
    using folder = new TemporaryFolder();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const { chainId, board, boardCodeHash, vendorId } = fakeTrust;
    const hardwareModel = "FAKE-1";
    const of = { chainId: `${chainId}`, manufacturerId: "7", board: toHex(board), boardCodeHash: toHex(boardCodeHash) };
    const files = {
      "app.release": encodeSignedRelease(await fakeRelease({ classId: classId(vendorId, hardwareModel) }, "esp32c3")),
      "bootloader.bin": ESP_BOOTLOADER,
      "target.json": JSON.stringify({ ...of, vendorId: toHex(vendorId), hardwareModel }),
      "boot.pem": privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE }),
    };
    for (const [name, contents] of Object.entries(files)) writeFileSync(folder.join(name), contents);
    const make = (port: string, out: string, key?: string) =>
      factory.handler(
        {
          ...{ release: folder.join("app.release"), bootloader: folder.join("bootloader.bin"), port, force: false },
          ...{ target: folder.join("target.json"), "witness-public-key": fakeTrust.witnesses.map(toHex) },
          ...{ "witness-threshold": 2, "recovery-public-key": [], "recovery-threshold": 0, out: folder.join(out) },
          ...(key !== undefined && { "secure-boot-key": folder.join(key) }),
        },
        { ...terminal(true), passphrase: async () => PASSPHRASE },
      );
    await make("esp32c3", "signed.bin", "boot.pem");
    await make("esp32c3", "unsigned.bin");
    const fields = signEspImage(ESP_BOOTLOADER, privateKey).subarray(4096 + 36, 4096 + 812);
    expect(checkFactoryImage(readFileSync(folder.join("signed.bin")))).to.deep.equal(sha256(fields));
    expect(checkFactoryImage(readFileSync(folder.join("unsigned.bin")))).to.equal(undefined);
    expect((await refusal(make("virt", "virt.bin", "boot.pem"))).code).to.equal("USAGE");
    writeFileSync(folder.join("bootloader.bin"), new Uint8Array(5000).fill(7));
    expect((await refusal(make("esp32c3", "junk.bin"))).code, "no image").to.equal("ESP_IMAGE_MALFORMED");
    expect(existsSync(folder.join("junk.bin"))).to.equal(false);
  });
});
