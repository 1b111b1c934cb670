// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { terminal } from "../../host/src/cli/io.ts";
import { batch } from "../../host/src/cli/registry/batch.ts";
import { createKeyFile } from "../../host/src/keys/file-signer.ts";
import { rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { lively, unit } from "./support/batch-run.ts";
import { DAY, ethers, now } from "./support/chain.ts";
import { licensedWorld } from "./support/steps.ts";

const MINT_DEVICES = 1;
const PASSPHRASE = "FAKE passphrase of a test";

describe("touchmark registry batch", () => {
  it("registers a CSV by an account with the privilege, says each step, and again says the same", async () => {
    using folder = new TemporaryFolder();
    const { world, id } = await licensedWorld();
    const key = folder.join("line.pem");
    const signer = await createKeyFile(key, PASSPHRASE);
    signer.close();
    await ethers.provider.send("hardhat_setBalance", [signer.address, "0xde0b6b3a7640000"]);
    await world.send("maker", "nodes.setPrivilege", id, MINT_DEVICES, signer.address, (await now()) + DAY);
    await using bridge = await rpcBridge(lively);
    const [chain, file, journal] = ["chain.json", "units.csv", "journal.sqlite"].map((name) => folder.join(name));
    writeFileSync(chain ?? "", JSON.stringify({ rpc: bridge.url, chainId: 31_337, addresses: world.deployment }));
    const rows = [1, 2].map((n) => `${unit(n).address},${unit(n).serial}`);
    writeFileSync(file ?? "", ["address,serial", ...rows].join("\n"));
    const said: string[] = [];
    const io = { ...terminal(true), say: (line: string) => void said.push(line), passphrase: async () => PASSPHRASE };
    const args = { backend: "touchmark", id: `${id}`, file, chain, journal, key, depth: "3", "max-fee": "500" };
    const first = await batch.handler(args, io);
    const registered = [1, 2].map((n) => ({ address: unit(n).address, tokenId: BigInt(unit(n).address) }));
    expect(first).to.deep.include({ json: { registered, rejected: [] }, refused: false });
    expect(said.map((line) => line.split(" ")[0])).to.deep.equal(["sent", "waiting", "final"]);
    expect(said[1]).to.equal("waiting  2 units  2 of --depth 3 blocks");
    expect(await batch.handler(args, io)).to.deep.equal(first);
    expect(said).to.have.length(3);
  });
});
