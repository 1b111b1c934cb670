// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { harden as hardenVerb } from "../../../host/src/cli/device/harden.ts";
import { requireEspQemu } from "../../../host/src/device/esp-qemu.ts";
import { checkFactoryImage } from "../../../host/src/device/factory-image.ts";
import { flashChip } from "../../../host/src/device/flash-chip.ts";
import { fusePlan } from "../../../host/src/device/fuse-plan.ts";
import { secureBootKeys } from "../../../host/src/device/fuses.ts";
import { type FuseJournal, type FuseRecord, harden, planState } from "../../../host/src/device/harden.ts";
import { RomLoader } from "../../../host/src/device/rom-loader.ts";
import { readyForSecureBoot, readyToClose } from "../../../host/src/device/secure-boot.ts";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { encodeEspImage } from "../../../host/src/protocol/esp-image.ts";
import { signEspImage } from "../../../host/src/protocol/esp-signature.ts";
import { flash, layouts } from "../../../host/src/protocol/generated.ts";
import { fuseCheckBytes } from "../../../host/src/protocol/reed-solomon.ts";
import { asyncVerdict, verdict } from "../../support/refusal.ts";
import { type PeerFaults, RomLoaderPeer } from "../../support/rom-loader-peer.ts";
import { runVerb } from "../../support/run-verb.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const { slotBImage, slotAHead } = flash.esp32c3.regions;
/** Word of KEY4 among the peer's. */
const DIGEST_AT = 12 + 8 * 6;

function factory(key?: KeyObject): Uint8Array {
  const image = new Uint8Array(slotBImage.offset + slotBImage.size).fill(0xff);
  const code = new Uint8Array(1000).fill(0x13);
  const bootloader = encodeEspImage({ entry: 0x403c0000, segments: [{ address: 0x3fcc0000, bytes: code }] });
  image.set(key ? signEspImage(bootloader, key) : bootloader);
  image.fill(0xa5, flash.esp32c3.regions.slotAImage.offset, flash.esp32c3.regions.slotAImage.offset + 3000);
  return image;
}

class Journal implements FuseJournal {
  readonly records: FuseRecord[] = [];
  append(record: FuseRecord): void {
    this.records.push(record);
  }
}

describe("an emulated ESP32-C3", () => {
  it("is asked for before anything starts, by name", () => {
    for (const program of [undefined, "", "/nowhere", "/bin/true"])
      expect(verdict(() => requireEspQemu(program))).to.equal("TOOL_MISSING");
  });
});

describe("flashing an ESP32-C3", function () {
  this.timeout(120_000);
  const image = factory();
  const folder = new TemporaryFolder();
  let peer: RomLoaderPeer;
  let address: string;
  let count = 0;

  beforeEach(async () => {
    const path = folder.join(`peer-${++count}`);
    peer = await RomLoaderPeer.on(path);
    address = `unix:${path}`;
  });
  afterEach(() => peer[Symbol.asyncDispose]());
  after(() => folder[Symbol.dispose]());

  const flashed = async (faults: PeerFaults = {}): Promise<number> => {
    peer.faults = faults;
    await using loader = await RomLoader.open(address);
    return (await flashChip(loader, image, () => undefined)).written;
  };

  it("brings the whole image to a blank chip, and nothing twice", async () => {
    expect(await flashed()).to.be.within(1, 131_072);
    expect(peer.flash.subarray(0, image.length).equals(image)).to.equal(true);
    expect(await flashed()).to.equal(0);
  });

  it("D10 goes on where it was torn; until then the chip starts nothing", async () => {
    expect(await asyncVerdict(() => flashed({ diesAfterBlocks: 60 }))).to.match(/SERIAL_GONE|ROM_LOADER/);
    expect(peer.flash.readUInt8(0), "no bootloader yet").to.equal(0xff);
    peer.faults = {};
    expect(await flashed()).to.be.greaterThan(0);
    expect(peer.flash.subarray(0, image.length).equals(image)).to.equal(true);
  });

  it("erases what stood there before", async () => {
    peer.flash.fill(0, 0, image.length);
    await flashed();
    expect(peer.flash.subarray(0, image.length).equals(image)).to.equal(true);
  });

  it("refuses another chip, and a flash too small, before it writes", async () => {
    expect(await asyncVerdict(() => flashed({ chipId: 9 })), "an ESP32-S3").to.equal("CHIP_WRONG");
    expect(await asyncVerdict(() => flashed({ chipId: 200 })), "no known chip").to.equal("CHIP_WRONG");
    expect(await asyncVerdict(() => flashed({ flashId: 0x1540c8 })), "2 MiB").to.equal("CHIP_WRONG");
    expect(await asyncVerdict(() => flashed({ flashId: 0 })), "no flash").to.equal("CHIP_WRONG");
    expect(peer.commands).to.not.include(0x02);
  });

  it("A3 refuses a locked unit before it writes", async () => {
    peer.fuses[0] = 1 << 22;
    expect(await asyncVerdict(() => flashed())).to.equal("CHIP_LOCKED");
    expect(peer.commands).to.not.include(0x02);
  });

  it("D29 refuses an image of another size, one whose parts overlap, one that its mask ROM would not start", () => {
    const bootloader = flash.esp32c3.regions.bootloader.size;
    const altered = (at: number, byte: number): Uint8Array => image.map((old, index) => (index === at ? byte : old));
    expect(verdict(() => checkFactoryImage(image))).to.equal("ok");
    expect(verdict(() => checkFactoryImage(image.subarray(1)))).to.equal("FACTORY_IMAGE");
    expect(verdict(() => checkFactoryImage(altered(0, 0xff)))).to.equal("ESP_IMAGE_MALFORMED");
    expect(
      verdict(() => checkFactoryImage(altered(30, 0x10))),
      "over the boot record",
    ).to.equal("ESP_IMAGE_MALFORMED");
    expect(verdict(() => checkFactoryImage(altered(bootloader - 1, 0)))).to.equal("ESP_IMAGE_MALFORMED");
    expect(verdict(() => checkFactoryImage(altered(40, 0)))).to.equal("ESP_IMAGE_CHECKSUM");
  });

  it("A7 is not put off by what the mask ROM says at reset", async () => {
    expect(await flashed({ boots: 2 })).to.be.greaterThan(0);
  });

  it("finds a flash that keeps another byte", async () => {
    const keeps = (byte: number, offset: number): number => (offset === 0x21800 ? byte ^ 1 : byte);
    expect(await asyncVerdict(() => flashed({ keeps }))).to.equal("FLASH_MISMATCH");
  });

  it("A7 ends with a peer that is silent, and with one that talks without end", async () => {
    expect(await asyncVerdict(() => flashed({ silent: true }))).to.equal("ROM_LOADER");
    expect(await asyncVerdict(() => flashed({ floods: true }))).to.equal("ROM_LOADER");
  });

  describe("whose mask ROM asks for a signature", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const signed = factory(privateKey);
    const key = checkFactoryImage(signed) ?? new Uint8Array();

    const flashedSigned = async (which = signed): Promise<string> =>
      await asyncVerdict(async () => {
        await using loader = await RomLoader.open(address);
        await flashChip(loader, which, () => undefined);
      });
    const ready = async (): Promise<string> =>
      await asyncVerdict(async () => {
        await using loader = await RomLoader.open(address);
        expect(await readyForSecureBoot(loader, signed)).to.deep.equal(key);
      });
    /** Revision 0.3. */
    const revise = (): void => void (peer.fuses[9] = 3 << 18);

    it("A13 is told so only where it holds a bootloader that the key signed, on silicon that can", async () => {
      expect(await flashedSigned(image)).to.equal("ok");
      revise();
      expect(await ready(), "another bootloader").to.equal("FLASH_MISMATCH");
      expect(await flashedSigned()).to.equal("ok");
      expect(await ready()).to.equal("ok");
      peer.fuses[9] = 2 << 18;
      expect(await ready(), "revision 0.2").to.equal("CHIP_WRONG");
      await using loader = await RomLoader.open(address);
      expect(await asyncVerdict(() => readyForSecureBoot(loader, image)), "unsigned").to.equal("ESP_IMAGE_SIGNATURE");
    });

    it("A13 gets its digest, no other key ever, and then the order; nothing else is flashed to it after", async () => {
      revise();
      const plan = fusePlan({ digests: [key], secureBoot: true });
      const names = plan.map(({ name }) => name);
      expect(names.slice(3, 5)).to.deep.equal(["SECURE_BOOT_KEY_REVOKE 1, 2", "SECURE_BOOT_EN"]);
      {
        await using loader = await RomLoader.open(address);
        await harden(loader, plan, new Journal(), () => undefined);
      }
      expect(peer.fuses[2]).to.equal(0b110 << 21);
      expect(peer.fuses[3]).to.equal((9 << 8) | (1 << 20));
      expect(await flashedSigned(image), "unsigned").to.equal("ESP_IMAGE_SIGNATURE");
      const other = generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey;
      expect(await flashedSigned(factory(other)), "another key").to.equal("ESP_IMAGE_SIGNATURE");
      expect(peer.commands, "before anything is written").to.not.include(0x02);
      expect(await flashedSigned()).to.equal("ok");
    });

    it("refuses a signature that does not fit, and bytes behind its sector", () => {
      const altered = (at: number): Uint8Array => signed.map((old, index) => (index === at ? old ^ 1 : old));
      const sector = signed.indexOf(0xe7, 4096);
      expect(sector).to.equal(4096);
      expect(verdict(() => checkFactoryImage(altered(sector + 900)))).to.equal("ESP_IMAGE_SIGNATURE");
      expect(verdict(() => checkFactoryImage(altered(sector - 1)))).to.equal("ESP_IMAGE_MALFORMED");
      expect(verdict(() => checkFactoryImage(altered(sector + 4096)))).to.equal("ESP_IMAGE_MALFORMED");
      expect(verdict(() => fusePlan({ secureBoot: true }))).to.equal("USAGE");
    });
  });

  describe("before its way in is closed", () => {
    const closing = async (securityVersion = 0): Promise<string> =>
      await asyncVerdict(async () => {
        await using loader = await RomLoader.open(address);
        await readyToClose(loader, image, securityVersion);
      });

    it("A13 must hold the bootloader of its factory image", async () => {
      expect(await closing(), "erased flash").to.equal("FLASH_MISMATCH");
      await flashed();
      expect(await closing()).to.equal("ok");
      peer.fuses[3] = 1 << 20;
      expect(await closing(), "unsigned, and secure boot is burned").to.equal("ESP_IMAGE_SIGNATURE");
    });

    it("D1 must be able to start the image's release", async () => {
      await flashed();
      expect(await closing(1), "no release").to.equal("SECURITY_VERSION_ROLLBACK");
      const head = Buffer.from(image.subarray(slotAHead.offset));
      head.write(layouts.slotHead.magic, "ascii");
      head.writeUInt32BE(1, layouts.slotHead.fields.securityVersion.offset);
      image.set(head.subarray(0, 128), slotAHead.offset);
      expect(await closing(1)).to.equal("ok");
      expect(await closing(5)).to.equal("SECURITY_VERSION_ROLLBACK");
    });

    const verb = (...words: readonly string[]): Promise<{ text: string }> =>
      runVerb(hardenVerb, [address, "--no-reset", ...words]);

    it("A13 is not closed by --burn without an image, nor over an erased flash", async () => {
      const factoryFile = folder.join("factory.bin");
      writeFileSync(factoryFile, factory());
      expect(await asyncVerdict(() => verb("--burn"))).to.equal("USAGE");
      expect(await asyncVerdict(() => verb("--burn", "--factory", factoryFile))).to.equal("FLASH_MISMATCH");
      expect([...peer.fuses].every((word) => word === 0)).to.equal(true);
    });

    it("D10 cuts a torn line off its journal before it writes the next, and refuses lines that are none", async () => {
      const factoryFile = folder.join("torn-factory.bin");
      const journal = folder.join("torn.jsonl");
      writeFileSync(factoryFile, factory());
      peer.flash.set(factory());
      writeFileSync(journal, '{"chip":"000000000000","step":"DIS_USB_J');
      const words = ["--burn", "--factory", factoryFile, "--journal", journal];
      expect((await verb(...words)).text).to.equal("burned");
      const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
      expect(lines.map((line) => (JSON.parse(line) as FuseRecord).state)).to.have.length(8);
      expect((await verb(...words)).text).to.equal("burned");
      for (const line of ["null", '{"chip":"000000000000"}', "[]"]) {
        writeFileSync(journal, `${line}\n`);
        expect(await asyncVerdict(() => verb(...words)), line).to.equal("USAGE");
      }
    });
  });

  describe("and hardening it", () => {
    const digest = new Uint8Array(32).fill(0x42);
    const plan = fusePlan({ digests: [digest], securityVersion: 3 });
    const hardened = async (journal: Journal, faults: PeerFaults = {}): Promise<string[]> => {
      peer.faults = faults;
      const steps: string[] = [];
      await using loader = await RomLoader.open(address);
      await harden(loader, plan, journal, ({ name }) => steps.push(name));
      return steps;
    };

    it("shows the plan and burns nothing", async () => {
      await using loader = await RomLoader.open(address);
      expect(await planState(loader, plan)).to.deep.equal(plan.map(() => "open"));
      expect([...peer.fuses].every((word) => word === 0)).to.equal(true);
    });

    it("A13 burns the plan, its own way in last, each step journalled and read back", async () => {
      const journal = new Journal();
      expect(await hardened(journal)).to.deep.equal(plan.map(({ name }) => name));
      expect(plan.at(-1)?.name).to.equal("DIS_DOWNLOAD_MODE");
      expect(journal.records.filter(({ state }) => state === "done")).to.have.length(plan.length);
      const [protections = 0, repeat0 = 0, , repeat2 = 0, repeat3 = 0] = peer.fuses;
      expect(protections).to.equal((1 << 27) | (1 << 12));
      expect(repeat0).to.equal((1 << 9) | (1 << 19));
      expect(repeat2).to.equal(9 << 8);
      expect(repeat3).to.equal(0b11 | (0b111 << 14));
      await using loader = await RomLoader.open(address);
      expect(await planState(loader, plan)).to.deep.equal(plan.map(() => "burned"));
    });

    it("A13 takes a loader that closes at the last fuse for what it is, and one that closes earlier for a fault", async () => {
      const closing = (bit: number) => (word: number, index: number) => {
        if (index === 4 && (word & bit) !== 0) peer.faults = { silent: true };
        return word;
      };
      const journal = new Journal();
      expect(await hardened(journal, { burns: closing(1) })).to.include("DIS_DOWNLOAD_MODE");
      expect(journal.records.at(-1)).to.include({ step: "DIS_DOWNLOAD_MODE", state: "unconfirmed" });
      peer.fuses.fill(0);
      expect(await asyncVerdict(() => hardened(new Journal(), { burns: closing(2) }))).to.equal("ROM_LOADER");
    });

    it("A13 takes a line that breaks after the last order for unconfirmed, too: USB goes with the loader", async () => {
      const breaking = (word: number, index: number): number => {
        if (index === 4 && (word & 1) !== 0) peer.faults = { gone: true };
        return word;
      };
      const journal = new Journal();
      expect(await hardened(journal, { burns: breaking })).to.include("DIS_DOWNLOAD_MODE");
      expect(journal.records.at(-1)).to.include({ step: "DIS_DOWNLOAD_MODE", state: "unconfirmed" });
    });

    it("D10 a chip without power before the last order is not taken for hardened, and goes on after", async () => {
      class Unplugging extends Journal {
        override append(record: FuseRecord): void {
          super.append(record);
          if (record.step === "DIS_DOWNLOAD_MODE" && record.state === "begin") peer.faults = { silent: true };
        }
      }
      const journal = new Unplugging();
      expect(await asyncVerdict(() => hardened(journal))).to.equal("ROM_LOADER");
      expect(journal.records.at(-1)).to.include({ step: "DIS_DOWNLOAD_MODE", state: "begin" });
      const next = new Journal();
      next.records.push(...journal.records);
      expect(await hardened(next)).to.include("DIS_DOWNLOAD_MODE");
      expect((peer.fuses[4] ?? 0) & 1).to.equal(1);
      expect(next.records.at(-1)).to.include({ step: "DIS_DOWNLOAD_MODE", state: "done" });
    });

    it("D10 completes a digest, and a purpose, whose burn was cut", async () => {
      peer.fuses[DIGEST_AT] = 0x42424200;
      peer.fuses[DIGEST_AT + 1] = 0x42424242;
      peer.fuses[3] = 8 << 8;
      const journal = new Journal();
      journal.append({ chip: "000000000000", step: "BLOCK_KEY4", state: "begin" });
      expect(await hardened(journal)).to.deep.equal(plan.map(({ name }) => name));
      expect([...peer.fuses.subarray(DIGEST_AT, DIGEST_AT + 8)]).to.deep.equal(Array(8).fill(0x42424242));
      expect(peer.fuses[3]).to.equal(9 << 8);
    });

    it("D10 closes nothing that reads right by correction alone", async () => {
      // Three bytes of KEY4 (block 8) corrected; a copy of DIS_USB_JTAG that differs.
      for (const [at, value] of [
        [0x600089c0, 3 << 28],
        [0x600089c4, 8],
        [0x6000897c, 1 << 9],
      ] as const) {
        peer.fuses.fill(0);
        const reads = (address: number): number | undefined => (address === at ? value >>> 0 : undefined);
        expect(await asyncVerdict(() => hardened(new Journal(), { reads }))).to.equal("FUSE_MISMATCH");
        expect((peer.fuses[4] ?? 0) & 1, "the way in").to.equal(0);
      }
    });

    it("A13 burns nothing where the chip cannot become what the plan says", async () => {
      const secure = fusePlan({ digests: [digest], secureBoot: true });
      const odd: readonly (readonly [string, number, number])[] = [
        ["KEY_PURPOSE_4 is 2: with 9 it would be 11", 3, 2 << 8],
        ["KEY_PURPOSE_4 is 11 already", 3, 11 << 8],
        ["KEY_PURPOSE_0 is digest 0's", 2, 9 << 24],
        ["digest 0 is revoked", 2, 1 << 21],
        ["KEY4 is closed against reading", 1, 1 << 4],
        ["KEY4 is closed against writing", 0, 1 << 27],
      ];
      for (const [name, word, bits] of odd) {
        peer.fuses.fill(0);
        peer.fuses[word] = bits;
        const before = [...peer.fuses];
        await using loader = await RomLoader.open(address);
        const burn = (): Promise<void> => harden(loader, secure, new Journal(), () => undefined);
        expect(await asyncVerdict(burn), name).to.equal("FUSE_MISMATCH");
        expect(await asyncVerdict(() => planState(loader, secure)), `${name}: dry`).to.equal("FUSE_MISMATCH");
        expect([...peer.fuses], name).to.deep.equal(before);
      }
    });

    it("A13 adds no key to slots that are revoked, and lists none", async () => {
      const more = [digest, new Uint8Array(32).fill(0x43)];
      await using loader = await RomLoader.open(address);
      await harden(loader, fusePlan({ digests: [digest], secureBoot: true }), new Journal(), () => undefined);
      for (const secureBoot of [true, false]) {
        const second = fusePlan({ digests: more, secureBoot });
        expect(await asyncVerdict(() => harden(loader, second, new Journal(), () => undefined))).to.equal(
          "FUSE_MISMATCH",
        );
      }
      peer.fuses.fill(0x43434343, DIGEST_AT + 8, DIGEST_AT + 16);
      expect(await secureBootKeys(loader), "no purpose").to.deep.equal([digest]);
      peer.fuses[3] = (peer.fuses[3] ?? 0) | (10 << 12);
      expect(await secureBootKeys(loader), "revoked").to.deep.equal([digest]);
    });

    it("D10 goes on where it stopped, and burns nothing twice", async () => {
      const journal = new Journal();
      let burns = 0;
      const third = (word: number): number => (++burns > 20 ? 0 : word);
      expect(await asyncVerdict(() => hardened(journal, { burns: third }))).to.equal("FUSE_MISMATCH");
      const done = journal.records.filter(({ state }) => state === "done").map(({ step }) => step);
      expect(done.length).to.be.within(1, plan.length - 1);
    });

    it("stops at fuses that read otherwise: another bit, a bit too few", async () => {
      const other = (word: number, index: number): number => (index === 1 ? (word | 2) >>> 0 : word);
      expect(await asyncVerdict(() => hardened(new Journal(), { burns: other }))).to.equal("FUSE_MISMATCH");
      peer.fuses.fill(0);
      const missing = (word: number, index: number): number => (index === 1 ? 0 : word);
      expect(await asyncVerdict(() => hardened(new Journal(), { burns: missing }))).to.equal("FUSE_MISMATCH");
      expect(peer.fuses[4], "what closes the way in was not burned").to.equal(0b111 << 14);
    });

    it("stops at a block that holds something else, and at another chip's journal", async () => {
      peer.fuses[12 + 8 * 6] = 7;
      expect(await asyncVerdict(() => hardened(new Journal()))).to.equal("FUSE_MISMATCH");
      peer.fuses.fill(0);
      const journal = new Journal();
      journal.append({ chip: "0102030405ff", step: "DIS_PAD_JTAG", state: "done" });
      expect(await asyncVerdict(() => hardened(journal))).to.equal("FUSE_MISMATCH");
    });

    it("stops where the chip has not what its journal says", async () => {
      const journal = new Journal();
      await hardened(journal);
      peer.fuses.fill(0, 0, 6);
      expect(await asyncVerdict(() => hardened(journal))).to.equal("FUSE_MISMATCH");
    });

    it("takes no plan that does not fit", () => {
      const three = [digest, digest, digest];
      expect(verdict(() => fusePlan({ digests: three }))).to.equal("USAGE");
      expect(verdict(() => fusePlan({ digests: [digest.subarray(1)] }))).to.equal("USAGE");
      for (const securityVersion of [-1, 11, 1.5])
        expect(verdict(() => fusePlan({ securityVersion }))).to.equal("USAGE");
    });

    it("makes the check bytes that reedsolo makes", () => {
      expect(toHex(fuseCheckBytes(Uint8Array.from({ length: 32 }, (_, at) => at)))).to.equal(
        "a04c470d3ffcb203dae9f413",
      );
      expect(toHex(fuseCheckBytes(fromHex(`${"ff".repeat(31)}01`)))).to.equal("bdff0c30ed4cc4d0258a0993");
    });
  });
});
