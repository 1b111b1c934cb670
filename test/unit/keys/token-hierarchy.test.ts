// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { JsonRpcProvider, Network, Transaction } from "ethers";
import { issueDevice } from "../../../host/src/authority/issue-device.ts";
import { verifyChain } from "../../../host/src/authority/verify-chain.ts";
import { ca } from "../../../host/src/cli/ca.ts";
import { openKey } from "../../../host/src/keys/open-key.ts";
import { NO_CHALLENGE } from "../../../host/src/protocol/chain.ts";
import { decodeOnePem } from "../../../host/src/protocol/pem.ts";
import { checkWitnessStatement } from "../../../host/src/protocol/witness-statement.ts";
import { KeyAccount } from "../../../host/src/registry/key-account.ts";
import { openLineFolder } from "../../../host/src/station/line-folder.ts";
import { WitnessRecord } from "../../../host/src/witness/record.ts";
import { signBlockWitness } from "../../../host/src/witness/sign.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { OpensslFolder } from "../../support/openssl.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { PIN, SoftHsm } from "../../support/soft-hsm.ts";

const io = quietIo(PIN);

describe("a hierarchy whose keys were born in a token", function () {
  this.timeout(60_000);
  let token: SoftHsm | undefined;
  const uri = (label: string): string => token?.uri(label) ?? "";
  const at = (...names: string[]): string => join(token?.folder.path ?? "", ...names);
  const der = (...names: string[]): Uint8Array => decodeOnePem("CERTIFICATE", readFileSync(at(...names), "utf8"));

  async function run(name: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    const verb = ca.verbs.find(({ command }) => command.split(" ")[0] === name);
    if (!verb) throw new RangeError(name);
    await verb.handler({ days: 30, folder: at("ca"), "passphrase-file": at("pin.txt"), ...args }, io);
  }

  before(async function () {
    if (!(await SoftHsm.available())) this.skip();
    token = new SoftHsm();
    await token.generate("root", "line", "ota", "witness", "account");
    writeFileSync(at("pin.txt"), `${PIN}\n`);
    await run("init", {
      key: uri("root"),
      organization: "FAKE Maker",
      name: "FAKE root",
      "chain-id": "31337",
      "manufacturer-id": "7",
    });
  });
  after(() => token?.[Symbol.dispose]());

  it("issues a line and an OTA signer by the root's key, both keys of one token open at once", async () => {
    const pin = { "line-passphrase-file": at("pin.txt"), "ota-passphrase-file": at("pin.txt") };
    await run("line", { ...pin, key: uri("line"), station: "FAKE station", units: 2, out: at("line") });
    await run("ota", { ...pin, key: uri("ota"), name: "FAKE releases", out: at("ota") });
    expect(readFileSync(at("line", "key"), "utf8").trim()).to.equal(uri("line"));
    verifyChain("line", [der("line", "line.pem"), der("ca", "root.pem")]);
    verifyChain("ota", [der("ota", "ota.pem"), der("ca", "root.pem")]);
  });

  it("issues a device certificate by the line's key, which OpenSSL accepts, and a revocation list", async () => {
    const now = Math.floor(Date.now() / 1000);
    using folder = await openLineFolder(at("line"), async () => PIN, now);
    const product = { serial: "FAKE-0001", hardwareModel: "tm-1", now };
    const device = await issueDevice({ publicKey: fakeSigner("device").publicKey, ...product }, folder.line);
    using openssl = new OpensslFolder();
    const path = [device.der, folder.line.certificate.der, folder.line.root.der];
    expect(openssl.verify(path, now).output).to.match(/OK/);
    await run("revoke", { refresh: true, reason: "superseded" });
    expect(readFileSync(at("ca", "crl.pem"), "utf8")).to.match(/BEGIN X509 CRL/);
  });

  it("vouches for a block by a witness's key", async () => {
    using signer = await openKey(uri("witness"), async () => PIN);
    const record = new WitnessRecord(":memory:");
    const block = { number: 96n, hash: new Uint8Array(32).fill(7), timestamp: 1_780_272_000n };
    const statement = await signBlockWitness(signer, record, { chainId: 137n, epoch: 1 }, block, NO_CHALLENGE);
    checkWitnessStatement(statement);
    record[Symbol.dispose]();
  });

  it("signs a transaction of a chain account, low s and recoverable", async () => {
    using signer = await openKey(uri("account"), async () => PIN);
    const network = Network.from(31_337);
    const provider = new JsonRpcProvider("http://127.0.0.1:1", network, { staticNetwork: network });
    const account = new KeyAccount(signer, provider);
    const request = { to: `0x${"11".repeat(20)}`, chainId: 31_337, nonce: 0, gasLimit: 21_000, gasPrice: 1, type: 0 };
    const sent = Transaction.from(await account.signTransaction(request));
    expect(sent.from?.toLowerCase()).to.equal(signer.address);
    provider.destroy();
  });
});
