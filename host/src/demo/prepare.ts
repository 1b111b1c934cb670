// SPDX-License-Identifier: Apache-2.0
// Act one: a chain, its contracts, a license, and the manufacturer's certificates.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { keccak256 } from "ethers";
import type { MemorySigner } from "../keys/memory-signer.ts";
import { Ledger } from "../ledger/ledger.ts";
import { fromHex } from "../protocol/bytes.ts";
import { classId } from "../protocol/class-id.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { blankTrust } from "../release/blank-trust.ts";
import { issueCertificates, newSigner } from "./authority.ts";
import { type DemoChain, startChain } from "./chain.ts";
import { deployContracts, equipBoard, grantLicense } from "./license.ts";
import { type DemoFederation, startFederation, THRESHOLD } from "./witnesses.ts";
import { HARDWARE_MODEL, MANUFACTURER, type Workshop, type World } from "./world.ts";

/** @param newKey of root, line and OTA signer, in this order */
export async function prepare(workshop: Workshop, newKey: () => MemorySigner = newSigner): Promise<World> {
  const { root, folder, steps, processes, open } = workshop;
  const chain = await steps.take("start a chain", () => startChain(root, folder));
  processes.defer(() => chain.child.kill());
  open.defer(() => chain.provider.destroy());
  const deployment = await steps.take("deploy the contracts", () => deployContracts(chain));
  const license = await steps.take("grant a license: stake, MOU, three audits", () =>
    grantLicense(chain, deployment, { name: MANUFACTURER, hardwareModel: HARDWARE_MODEL }),
  );
  const { manufacturerId } = license;
  const authority = await steps.take("issue root, line and OTA certificates", async () => {
    const block = await chain.provider.getBlock("latest");
    const manufacturer = { name: MANUFACTURER, chainId: chain.chainId, manufacturerId, registry: deployment.registry };
    // A local chain's clock runs ahead, a second a block: in force by it and by this machine's clock alike.
    const now = Math.min(block?.timestamp ?? 0, Math.floor(Date.now() / 1000));
    return await issueCertificates(manufacturer, now, newKey);
  });
  await steps.take("name OTA signer, root and announcer on the board", () =>
    equipBoard(chain, license, {
      otaSigner: authority.ota.signer.address,
      rootHash: sha256(authority.root.certificate.der),
    }),
  );
  const federation = open.use(startFederation(chain, folder));
  const ledger = open.use(new Ledger(join(folder, "ledger.sqlite")));
  const trust = await trustOf(chain, deployment.board, federation);
  return { ...workshop, chain, license, authority, federation, ledger, trust };
}

async function trustOf(chain: DemoChain, board: string, federation: DemoFederation): Promise<TrustBlock> {
  const vendorId = Uint8Array.from(randomBytes(16));
  const target = {
    chainId: chain.chainId,
    board: fromHex(board),
    boardCodeHash: fromHex(keccak256(await chain.provider.getCode(board))),
    vendorId,
    classId: classId(vendorId, HARDWARE_MODEL),
  };
  const { publicKeys: witnesses } = federation;
  return blankTrust(target, { witnessThreshold: THRESHOLD, witnesses, recoveryThreshold: 0, recoveryKeys: [] });
}
