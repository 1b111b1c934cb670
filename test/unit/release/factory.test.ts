// SPDX-License-Identifier: Apache-2.0
import { crc32 } from "node:zlib";
import { expect } from "chai";
import { equalBytes, toHex } from "../../../host/src/protocol/bytes.ts";
import { flash, layouts } from "../../../host/src/protocol/generated.ts";
import type { SignedRelease } from "../../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../../host/src/protocol/suit-manifest.ts";
import { encodeTrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { type FactoryParts, factoryImage } from "../../../host/src/release/factory.ts";
import { fakeRelease, fakeTrust } from "../../support/fake-factory.ts";
import { verdict } from "../../support/refusal.ts";

describe("factory image", () => {
  let release: SignedRelease;
  let parts: FactoryParts;

  before(async () => {
    release = await fakeRelease();
    parts = { port: "virt", bootloader: Uint8Array.of(1, 2, 3), release, trust: fakeTrust };
  });

  for (const port of ["virt", "esp32c3"] as const) {
    it(`has each part in its region and is erased elsewhere, for ${port}`, () => {
      const image = factoryImage({ ...parts, port });
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
      starts("bootloader", parts.bootloader);
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
});
