// SPDX-License-Identifier: Apache-2.0
// A unit of a maker in DIMO's own programme, in QEMU: registered in DIMO's registry, claimed and paired by its own
// signatures, and gated by the license that DIMO's Stake holds.
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { getBytes, HDNodeWallet, Mnemonic } from "ethers";
import { type Io, terminal } from "../../host/src/cli/io.ts";
import { approve } from "../../host/src/cli/registry/approve.ts";
import { claim } from "../../host/src/cli/registry/claim.ts";
import { pair } from "../../host/src/cli/registry/pair.ts";
import { unpair } from "../../host/src/cli/registry/unpair.ts";
import type { Verb } from "../../host/src/cli/verb.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { encryptKey } from "../../host/src/protocol/encrypted-key.ts";
import { words } from "../../host/src/protocol/generated.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { proveBundle } from "../../host/src/release/bundle.ts";
import { provision } from "../../host/src/station/provision.ts";
import { type DimoWorkshop, openDimoWorkshop } from "../support/dimo-workshop.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal } from "../support/refusal.ts";

const PASSPHRASE = "FAKE passphrase of a test";
// The local chain's own, public phrase: its accounts are the maker's and the driver's.
const PHRASE = "test test test test test test test test test test test junk";
const KEYS = { maker: 6, driver: 7 } as const;

suite("a unit under DIMO's license, stand-ins for its contracts", false);
suite("a unit under DIMO's license, DIMO's own contracts where TOUCHMARK_DIMO_RPC names them", true);

function suite(name: string, own: boolean): void {
  describe(name, function () {
    this.timeout(180_000);
    let workshop: DimoWorkshop;
    let chip: ChipFiles;
    let next: SignedRelease;
    const io: Io = { ...terminal(true), passphrase: async () => PASSPHRASE };

    before(async function () {
      const opened = await openDimoWorkshop(own);
      if (opened === undefined) return this.skip();
      workshop = opened;
      for (const [key, at] of Object.entries(KEYS)) {
        const { privateKey } = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(PHRASE), `m/44'/60'/0'/0/${at}`);
        const pem = encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(getBytes(privateKey), PASSPHRASE));
        writeFileSync(workshop.folder.join(`${key}.pem`), pem);
      }
      chip = workshop.newChip();
      await using unit = await PoweredUnit.on(chip);
      await provision(workshop.station, unit.client, { serial: `TM1-${Date.now().toString(36)}` });
      next = await workshop.release("1.1.0", 2);
    });
    after(async () => await workshop?.[Symbol.asyncDispose]());

    const call = async (verb: Verb, key: keyof typeof KEYS, args: object): Promise<unknown> => {
      const { chain, dimo, folder } = workshop;
      const place = { backend: "dimo", rpc: chain.rpc, "chain-id": `${chain.chainId}`, registry: dimo.registry };
      const unit = { baud: 115_200, wait: 5 };
      const { json } = await verb.handler({ ...place, ...unit, key: folder.join(`${key}.pem`), ...args }, io);
      return json;
    };

    async function offer(): Promise<void> {
      await using unit = await PoweredUnit.on(chip);
      const root = workshop.authority.root.certificate.der;
      const request = { release: next, state: await unit.client.state(), root, evenIfRefused: true };
      const { bundle } = await proveBundle(request, workshop.federation.sources);
      await unit.client.upload(bundle);
    }

    it("is claimed and paired on chain by its own signatures, asked for over its serial line", async () => {
      await call(approve, "maker", { remove: false });
      await using unit = await PoweredUnit.on(chip);
      const { address: device = "" } = await unit.client.hello();
      await unit.client.close();
      const port = unit.machine.address;
      expect(await call(claim, "driver", { device, port })).to.include({ claimed: true, address: device });
      const { vehicleId } = workshop.dimo;
      expect(await call(pair, "driver", { device, vehicle: `${vehicleId}`, port })).to.include({ vehicleId });
      expect(await call(unpair, "driver", { device, vehicle: `${vehicleId}` })).to.include({ vehicleId: 0n });
    });

    it("installs under a license that DIMO has revoked until somebody tells the board, whoever it is", async () => {
      await workshop.dimo.revoke();
      await offer();
      await workshop.refresh();
      expect((await refusal(offer())).code).to.equal("LICENSE_SUSPENDED");
    });

    it("installs again once it is granted, and no more once the lease has run out, though nobody told the board", async () => {
      await workshop.dimo.grant();
      await workshop.refresh();
      await workshop.dimo.revoke();
      await workshop.pass(words.leaseSeconds - 3600);
      await offer();
      await workshop.pass(3601);
      expect((await refusal(offer())).code).to.equal("LICENSE_EXPIRED");
      await workshop.dimo.grant();
    });
  });
}
