// SPDX-License-Identifier: Apache-2.0
// The life of a unit in our own registry, by single verbs; test/contracts/dimo-registry.test.ts tells DIMO's.
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { getAddress, type HDNodeWallet, id as keccakOf } from "ethers";
import { type Io, terminal } from "../../host/src/cli/io.ts";
import { approve } from "../../host/src/cli/registry/approve.ts";
import { check } from "../../host/src/cli/registry/check.ts";
import { claim } from "../../host/src/cli/registry/claim.ts";
import { claimRoot } from "../../host/src/cli/registry/claim-root.ts";
import { pair } from "../../host/src/cli/registry/pair.ts";
import { register } from "../../host/src/cli/registry/register.ts";
import { reset } from "../../host/src/cli/registry/reset.ts";
import { returned } from "../../host/src/cli/registry/return.ts";
import { revoke } from "../../host/src/cli/registry/revoke.ts";
import { revokeRoot } from "../../host/src/cli/registry/revoke-root.ts";
import { root } from "../../host/src/cli/registry/root.ts";
import { show } from "../../host/src/cli/registry/show.ts";
import { status } from "../../host/src/cli/registry/status.ts";
import { unpair } from "../../host/src/cli/registry/unpair.ts";
import { record } from "../../host/src/cli/station/record.ts";
import { scrap } from "../../host/src/cli/station/scrap.ts";
import type { Result, Verb } from "../../host/src/cli/verb.ts";
import { isTouchmarkError, type TouchmarkError } from "../../host/src/errors.ts";
import { createKeyFile } from "../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../host/src/keys/memory-signer.ts";
import { Ledger } from "../../host/src/ledger/ledger.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeCsr } from "../../host/src/protocol/csr.ts";
import { decodeMintingCertificate } from "../../host/src/protocol/minting-certificate.ts";
import { mintingTests } from "../../host/src/protocol/minting-record.ts";
import { contractAt } from "../../host/src/registry/deploy.ts";
import { staticProvider } from "../../host/src/registry/key-account.ts";
import { registeredBlock } from "../../host/src/registry/registered-block.ts";
import { readRootFile } from "../../host/src/registry/roots/root-file.ts";
import { certifyUnit } from "../../host/src/station/certify.ts";
import { openLine } from "../../host/src/station/line.ts";
import { verifyMinting } from "../../host/src/verify/minting.ts";
import { fakeAuthority, NOW } from "../support/fake-authority.ts";
import { type RpcBridge, rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { chain, lively } from "./support/batch-run.ts";
import { DAY, now } from "./support/chain.ts";
import { device, tokenOf } from "./support/devices.ts";
import { writeKeyFile } from "./support/key-file.ts";
import { handNode, licensedWorld, MODEL_NAME } from "./support/steps.ts";
import { signTyped } from "./support/typed-data.ts";
import type { World } from "./support/world.ts";

const PASSPHRASE = "FAKE passphrase of a test";
const VEHICLE = 12n;

describe("touchmark registry, on our own registry", function () {
  this.timeout(60_000);
  const io: Io = { ...terminal(true), say: () => undefined, passphrase: async () => PASSPHRASE };
  let world: World;
  let id: bigint;
  let folder: TemporaryFolder;
  let bridge: RpcBridge;
  let owner: string;
  let deadline: bigint;
  let spiking = false;

  before(async () => {
    ({ world, id } = await licensedWorld());
    folder = new TemporaryFolder();
    bridge = await rpcBridge(async (method, params) =>
      spiking && method === "eth_maxPriorityFeePerGas" ? "0xffffffffffff" : await lively(method, params),
    );
    const file = { rpc: bridge.url, chainId: 31_337, addresses: world.deployment };
    writeFileSync(folder.join("chain.json"), JSON.stringify(file));
    using signer = await createKeyFile(folder.join("owner.pem"), PASSPHRASE);
    owner = signer.address;
    await chain("hardhat_setBalance", [owner, "0xde0b6b3a7640000"]);
    // The maker's account for both parts: node owner, and owner of units.
    for (const privilege of [1, 3, 4])
      await world.send("maker", "nodes.setPrivilege", id, privilege, owner, (await now()) + DAY);
    await world.send("stranger", "vehicles.mint", owner, VEHICLE);
    deadline = BigInt((await now()) + DAY);
  });
  after(async () => {
    await bridge[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const call = async (verb: Verb, args: object): Promise<Result & { readonly json: Record<string, unknown> }> => {
    const key = [status, show, check].includes(verb) ? {} : { key: folder.join("owner.pem") };
    const place = { backend: "touchmark", chain: folder.join("chain.json"), ...key };
    const journal = {
      journal: folder.join("journal.sqlite"),
      depth: "1",
      "max-fee": "500",
      deadline: `${deadline}`,
      attribute: [],
    };
    return (await verb.handler({ ...place, ...journal, ...args }, io)) as Result & { json: Record<string, unknown> };
  };
  const refusal = async (...args: Parameters<typeof call>): Promise<TouchmarkError> => {
    const error: unknown = await call(...args).then(
      () => new Error("it went through"),
      (reason: unknown) => reason,
    );
    if (!isTouchmarkError(error)) throw error;
    return error;
  };
  const signed = async (
    unit: HDNodeWallet,
    struct: "claimDevice" | "pairDevice" | "unpairDevice",
    value: Record<string, unknown>,
  ) => {
    const nonce = await world.read<bigint>("registry.deviceNonce", tokenOf(unit));
    const message = { tokenId: tokenOf(unit), nonce, deadline, ...value };
    return await signTyped(unit, "touchmarkDomain", world.deployment.registry, struct, message);
  };
  const unit = (n: number) => ({ unit: device(n).address, serial: `TM1-${n}` });

  it("says what registering depends on, and what there is not", async () => {
    const { json, refused } = await call(status, { id: `${id}`, count: "5", account: owner });
    expect(refused).to.equal(false);
    expect((json as unknown as { what: string; met?: boolean }[]).map(({ what, met }) => [what, met])).to.deep.equal([
      ["privilege", true],
      ["license in force", true],
      ["hardware certificate", true],
      ["quota", true],
      ["credit", undefined],
      ["approval", undefined],
    ]);
    const many = await call(status, { id: `${id}`, count: "5000", account: owner });
    expect([many.refused, many.text]).to.satisfy(([no, text]: [boolean, string]) => no && /^no +quota/m.test(text));
  });

  it("registers a unit, finds it in both directions, and not as another manufacturer's", async () => {
    await call(register, { id: `${id}`, ...unit(1), "hardware-revision": "A" });
    expect((await call(check, { id: `${id}`, unit: device(1).address })).refused).to.equal(false);
    const other = await handNode(world, "Rival Motors", "rival");
    const { json } = await call(check, { id: `${other}`, unit: device(1).address });
    expect(json).to.have.nested.property("[0].faults[0]", `of manufacturer ${id}`);
    expect((await call(show, { device: device(1).address })).json).to.include({
      serial: "TM1-1",
      hardwareRevision: "A",
    });
    expect((await call(show, { device: device(50).address })).refused).to.equal(true);
  });

  it("finds a unit's first block at a node that answers for no more than 1,000 blocks at a time", async () => {
    await chain("hardhat_mine", ["0xbb8"]);
    let refused = 0;
    await using node = await rpcBridge(async (method, params) => {
      const [{ fromBlock = "", toBlock = "" } = {}] = params as [{ fromBlock?: string; toBlock?: string }?];
      if (method !== "eth_getLogs" || Number(toBlock) - Number(fromBlock) < 1_000) return await chain(method, params);
      refused += 1;
      throw new Error("block range too large");
    });
    const provider = staticProvider(node.url, 31_337n);
    try {
      const registry = contractAt("DeviceRegistry", world.deployment.registry, provider);
      const minted = await world.contract("registry").queryFilter("AftermarketDeviceNodeMinted");
      const found = await registeredBlock(registry, id, unit(1).unit.toLowerCase());
      expect(found).to.equal(BigInt(minted[0]?.blockNumber ?? -1));
      expect(refused).to.be.above(2);
    } finally {
      provider.destroy();
    }
  });

  it("claims with a signature that names the nonce and ends; a wrong deadline is another message", async () => {
    const signature = await signed(device(1), "claimDevice", { owner });
    const wrong = await refusal(claim, { device: device(1).address, signature, deadline: `${deadline + 1n}` });
    expect(wrong.code).to.equal("SIGNATURE_INVALID");
    expect((await call(claim, { device: device(1).address, signature })).json).to.include({ claimed: true });
    expect((await call(approve, { remove: false })).json).to.include({ needed: false });
  });

  it("C4 sends nothing while the node asks for a fee above the cap", async () => {
    spiking = true;
    const error = await refusal(returned, { device: device(1).address, reprovision: false }).finally(() => {
      spiking = false;
    });
    expect(error.code).to.equal("FEE_ABOVE_CAP");
    expect((await call(show, { device: device(1).address })).json).to.include({ claimed: true });
  });

  it("wants the deadline that the unit signed beside its signature", async () => {
    const signature = await signed(device(1), "claimDevice", { owner });
    const error = await refusal(claim, { device: device(1).address, signature, deadline: undefined });
    expect([error.code, error.data["missing"]]).to.deep.equal(["USAGE", "deadline"]);
  });

  it("says what the unit has to sign, by the line to run at it, and what to bring then", async () => {
    await call(register, { id: `${id}`, ...unit(4) });
    const error = await refusal(claim, { device: device(4).address });
    expect(error.code).to.equal("SIGNATURE_ABSENT");
    const limits = `--nonce 0 --deadline ${deadline}`;
    expect(error.data["sign"]).to.equal(
      `touchmark device claim PORT --token ${tokenOf(device(4))} --owner ${getAddress(owner)} ${limits}`,
    );
    expect(error.data["bring"]).to.equal(`--signature SIGNATURE --deadline ${deadline}`);
  });

  it("asks the contract before the unit: another's vehicle, or none, costs no signature", async () => {
    for (const vehicle of [`${VEHICLE + 1n}`, "99"]) {
      const error = await refusal(pair, { device: device(1).address, vehicle });
      expect([error.code, error.data["error"]]).to.deep.equal(["TRANSACTION_REVERTED", "Unauthorized"]);
    }
    const over = await refusal(claim, { device: device(4).address, deadline: "1" });
    expect(over.data["error"]).to.equal("SignatureExpired");
  });

  it("parts a unit from its vehicle by the unit's own signature, whoever sends it", async () => {
    const at = { device: device(1).address, vehicle: `${VEHICLE}` };
    await call(pair, { ...at, signature: await signed(device(1), "pairDevice", { vehicleId: VEHICLE }) });
    const key = folder.join("maker.pem");
    await writeKeyFile(key, "maker", PASSPHRASE);
    const asked = await refusal(unpair, { ...at, key, "by-unit": true });
    expect(asked.data["sign"]).to.match(/^touchmark device unpair PORT --token [0-9]+ --vehicle 12 --nonce [0-9]+ /);
    const signature = await signed(device(1), "unpairDevice", { vehicleId: VEHICLE });
    expect((await call(unpair, { ...at, key, signature })).json).to.include({ vehicleId: 0n });
  });

  it("pairs, parts, gives back and resets; the old address is dead", async () => {
    const signature = await signed(device(1), "pairDevice", { vehicleId: VEHICLE });
    const at = { device: device(1).address, vehicle: `${VEHICLE}` };
    expect((await call(pair, { ...at, signature })).json).to.include({ vehicleId: VEHICLE });
    expect((await call(unpair, at)).json).to.include({ vehicleId: 0n });
    expect((await call(returned, { device: device(1).address, reprovision: false })).json).to.include({
      claimed: false,
    });
    const { json } = await call(reset, { device: device(1).address, address: device(2).address });
    expect(json).to.include({ oldAddressResolves: false, address: device(2).address.toLowerCase() });
    expect((await refusal(claim, { device: device(1).address })).data).to.include({ missing: "a registered device" });
  });

  it("revokes for good, by the node's owner alone", async () => {
    const error = await refusal(revoke, { device: device(2).address, reason: "scrapped" });
    expect(error.data).to.include({ error: "Unauthorized" });
    const key = folder.join("maker.pem");
    await call(revoke, { device: device(2).address, reason: "scrapped", key });
    expect((await call(show, { device: device(2).address })).json).to.include({ revoked: true });
    const checked = await call(check, { id: `${id}`, unit: device(2).address });
    expect([checked.refused, checked.text]).to.satisfy(
      ([no, text]: [boolean, string]) => no && /  revoked  /.test(text),
    );
    // Before its button is asked for.
    for (const [verb, at] of [
      [claim, {}],
      [pair, { vehicle: `${VEHICLE}` }],
    ] as const)
      expect((await refusal(verb, { device: device(2).address, ...at })).code).to.equal("UNIT_REVOKED");
  });

  describe("batch roots", () => {
    const out = () => folder.join("batch-1.json");
    const list = (): string => {
      const path = folder.join("root.csv");
      const row = (n: number) =>
        [device(n).address, keccakOf(`certificate ${n}`), keccakOf(`record ${n}`), keccakOf(`serial ${n}`)].join(",");
      const rows = Array.from({ length: 5 }, (_, at) => row(60 + at));
      writeFileSync(path, ["address,certificateHash,mintingRecordHash,saltedSerialHash", ...rows].join("\n"));
      return path;
    };
    const batch = () => ({ id: `${id}`, batch: "1", file: list(), model: MODEL_NAME, out: out() });

    it("are committed once, with the proofs on disk before", async () => {
      const first = await call(root, batch());
      expect(first.json).to.include({ count: 5, again: false });
      expect((await call(root, batch())).json).to.deep.equal({ ...first.json, again: true });
      const other = { ...batch(), model: "TM-2", out: folder.join("other.json") };
      expect((await refusal(root, other)).data).to.include({ missing: "a new batch number" });
    });

    it("C12 give a unit to the owner that its own signature names, by its proof alone", async () => {
      const claimed = { file: out(), unit: device(62).address };
      const signature = await signed(device(62), "claimDevice", { owner });
      expect((await refusal(claimRoot, { ...claimed, unit: device(63).address, signature })).code).to.equal(
        "SIGNATURE_INVALID",
      );
      expect((await call(claimRoot, { ...claimed, signature })).json).to.include({ claimed: true, manufacturerId: id });
      expect((await call(claimRoot, { ...claimed, signature })).json).to.include({ claimed: true });
      const stranger = { file: out(), unit: device(1).address };
      expect((await refusal(claimRoot, stranger)).data).to.include({ missing: "the unit in this batch" });
    });

    it("lose a unit for good, by the node's owner, and no other unit", async () => {
      const [lost, reason] = [{ file: out(), unit: device(61).address }, "stolen"];
      expect((await refusal(revokeRoot, { ...lost, reason })).data).to.include({ error: "Unauthorized" });
      expect((await refusal(revokeRoot, { ...lost, reason: "x".repeat(32) })).code).to.equal("USAGE");
      const other = { file: out(), unit: device(1).address, reason };
      expect((await refusal(revokeRoot, other)).data).to.include({ missing: "the unit in this batch" });
      const key = folder.join("maker.pem");
      expect((await call(revokeRoot, { ...lost, reason, key })).json).to.include({ index: 1, revoked: true });
      const signature = await signed(device(61), "claimDevice", { owner });
      const late = await refusal(claimRoot, { ...lost, signature });
      expect(late.data).to.include({ error: "BatchUnitAlreadyTaken" });
      const next = await signed(device(60), "claimDevice", { owner });
      expect((await call(claimRoot, { ...lost, unit: device(60).address, signature: next })).json).to.include({
        claimed: true,
      });
      const { json } = await call(check, { id: `${id}`, unit: out() });
      expect((json as unknown as { leaf: string }[]).map(({ leaf }) => leaf)).to.deep.equal([
        ...["claimed", "revoked", "claimed"],
        ...["open", "open"],
      ]);
    });

    it("C12 are made from a ledger, once, with each minting record's salted hash, and tell neither serial nor IMEI", async () => {
      const imei = "490154203237518";
      const fake = await fakeAuthority({ manufacturerId: id });
      const path = [fake.line.certificate.der, fake.root.certificate.der] as const;
      const file = folder.join("ledger.sqlite");
      // The last waits for no batch: it has not shown its key.
      const wallets = [device(70), device(71), device(72)];
      {
        using ledger = new Ledger(file);
        const line = openLine(path, fake.line.signer, ledger, NOW);
        const tests = mintingTests.map((test) => ({ test, passed: true, report: new Uint8Array(32) }));
        for (const [at, wallet] of wallets.entries()) {
          const signer = memorySigner(fromHex(wallet.privateKey));
          const bound = {
            nonce: new Uint8Array(32),
            chipId: new Uint8Array(8).fill(at),
            firmwareDigest: new Uint8Array(32),
          };
          const product = { serial: `TM1-7${at}`, hardwareModel: MODEL_NAME, ...(at === 0 && { imei }) };
          const session = { ...bound, ...product, publicKey: signer.publicKey };
          const subject = [{ type: "serialNumber", value: toHex(bound.chipId) }] as const;
          const csr = await encodeCsr({ subject, publicKey: signer.publicKey, birth: bound }, (digest) =>
            signer.sign(digest),
          );
          await certifyUnit(
            { csr, session, onChain: false, tests, modelValidUntil: BigInt(NOW) + 99n, now: NOW },
            line,
            ledger,
          );
        }
        const empty = { ...batch(), batch: "7", file, out: folder.join("batch-7.json") };
        expect((await refusal(root, empty)).data).to.include({ model: MODEL_NAME });
        for (const { chipId } of ledger.units.all().slice(0, 2))
          for (const state of ["enrolled", "verified"] as const) ledger.units.advance(chipId, state, NOW);
      }
      const asked = { ...batch(), batch: "7", file, out: folder.join("batch-7.json") };
      const made = await call(root, asked);
      expect(made.json).to.include({ count: 2, again: false });
      expect((await call(root, asked)).json).to.deep.equal({ ...made.json, again: true });
      expect((await refusal(root, { ...asked, batch: "8", out: folder.join("batch-8.json") })).code).to.equal("USAGE");

      using ledger = new Ledger(file);
      const told = readFileSync(asked.out, "utf8");
      const { units } = readRootFile(JSON.parse(told));
      for (const unit of units) {
        const row = ledger.units.byAddress(unit.address);
        const out = folder.join(`${row?.serial}.minting`);
        await record.handler({ ledger: file, name: unit.address, out, force: false, "tell-imei": false }, io);
        const published = readFileSync(out);
        const root = fake.root.certificate.der;
        const terms = { root, hash: fromHex(unit.mintingRecordHash) };
        expect(verifyMinting(decodeMintingCertificate(published), terms).serial).to.equal(row?.serial);
        expect(() => verifyMinting(decodeMintingCertificate(published), { root, hash: new Uint8Array(32) })).to.throw();
        for (const secret of [imei, row?.serial ?? ""]) expect(told).not.to.include(secret);
        expect(published.includes(imei)).to.equal(false);
      }
      const [wallet] = wallets;
      const signature = await signed(wallet ?? device(70), "claimDevice", { owner });
      const claimed = { file: asked.out, unit: device(70).address.toLowerCase(), signature };
      expect((await call(claimRoot, claimed)).json).to.include({ claimed: true });

      // The ledger has neither unit's token: one was claimed in the field, the other's leaf still can be.
      const key = folder.join("maker.pem");
      const retire = { ledger: file, reason: "stolen", key };
      const last = (n: number) => ledger.events.of(ledger.units.byAddress(address(n))?.chipId ?? "").at(-1);
      const address = (n: number) => device(n).address.toLowerCase();
      const retired = await call(scrap, { ...retire, name: address(70) });
      expect(retired.json).to.include({ state: "scrapped", tokenId: tokenOf(device(70)) });
      expect(last(70)).to.deep.include({ what: "revoked", data: { tokenId: `${tokenOf(device(70))}` } });
      expect(await world.read("registry.isDeviceRevoked", tokenOf(device(70)))).to.equal(true);
      const open = await refusal(scrap, { ...retire, name: address(71) });
      expect(open.code).to.equal("PREFLIGHT");
      expect(open.data["missing"]).to.contain("registry revoke-root").and.to.contain(address(71));
      expect(last(71)).to.include({ what: "scrapped" });
      await call(revokeRoot, { file: asked.out, unit: address(71), reason: "stolen", key });
      await call(scrap, { ...retire, name: address(71) });
      expect(last(71)).to.deep.include({ what: "revoked", data: { batchId: "7", index: 1 } });
      await call(scrap, { ...retire, name: address(72) });
      expect(last(72)).to.deep.include({ what: "never registered", data: {} });
    });

    it("are not for an address that has a node", async () => {
      const again = { ...batch(), batch: "2", out: folder.join("batch-2.json") };
      expect((await refusal(root, again)).data).to.include({ missing: "an unused address" });
    });
  });
});
