// SPDX-License-Identifier: Apache-2.0
// Our verbs against DIMO's registry: a stand-in with its traps, and, where TOUCHMARK_DIMO_* names one (see
// support/dimo-deployment.ts), a deployment of DIMO's own contracts. Every run makes devices of its own.
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { getAddress, getBytes, type Wallet } from "ethers";
import { refresh } from "../../host/src/cli/board/refresh.ts";
import { type Io, terminal } from "../../host/src/cli/io.ts";
import { approve } from "../../host/src/cli/registry/approve.ts";
import { check } from "../../host/src/cli/registry/check.ts";
import { claim } from "../../host/src/cli/registry/claim.ts";
import { deployBoard } from "../../host/src/cli/registry/deploy-board.ts";
import { pair } from "../../host/src/cli/registry/pair.ts";
import { register } from "../../host/src/cli/registry/register.ts";
import { reset } from "../../host/src/cli/registry/reset.ts";
import { returned } from "../../host/src/cli/registry/return.ts";
import { revoke } from "../../host/src/cli/registry/revoke.ts";
import { status } from "../../host/src/cli/registry/status.ts";
import { unpair } from "../../host/src/cli/registry/unpair.ts";
import type { Result, Verb } from "../../host/src/cli/verb.ts";
import { isTouchmarkError, type TouchmarkError } from "../../host/src/errors.ts";
import { encryptKey } from "../../host/src/protocol/encrypted-key.ts";
import { words } from "../../host/src/protocol/generated.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { contractAt } from "../../host/src/registry/deploy.ts";
import { readDeployment } from "../../host/src/registry/deployment-file.ts";
import { read } from "../../host/src/registry/transaction.ts";
import { signTypedData } from "../../host/src/registry/typed-data.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { type DimoDeployment, namedDeployment, providerOf, standIn, wallet } from "./support/dimo-deployment.ts";

const PASSPHRASE = "FAKE passphrase of a test";
const UNITS = 25;

suite("a stand-in for DIMO's registry", standIn);
suite("DIMO's own contracts, where TOUCHMARK_DIMO_REGISTRY and its companions name them", async () =>
  namedDeployment());

function suite(name: string, open: () => Promise<DimoDeployment | undefined>): void {
  describe(name, function () {
    this.timeout(120_000);
    const said: string[] = [];
    const io: Io = {
      ...terminal(true),
      say: (line) => void said.push(line),
      passphrase: async () => PASSPHRASE,
    };
    const run = new Date().getTime().toString(36);
    const devices = Array.from({ length: UNITS + 2 }, wallet);
    const [first, second, spare, stale] = [0, 1, UNITS, UNITS + 1].map((at) => device(devices, at)) as [
      Wallet,
      Wallet,
      Wallet,
      Wallet,
    ];
    let deployment: DimoDeployment;
    let folder: TemporaryFolder;

    before(async function () {
      const opened = await open();
      if (opened === undefined) return this.skip();
      deployment = opened;
      folder = new TemporaryFolder();
      for (const key of ["maker", "driver"] as const) {
        const pem = await encryptKey(getBytes(deployment[key].privateKey), PASSPHRASE);
        writeFileSync(folder.join(`${key}.pem`), encodePem("ENCRYPTED PRIVATE KEY", pem));
      }
    });
    after(async () => {
      folder?.[Symbol.dispose]();
      await deployment?.[Symbol.asyncDispose]();
    });

    const call = async (
      verb: Verb,
      key: "maker" | "driver" | "nobody",
      args: Readonly<Record<string, unknown>>,
    ): Promise<Result & { readonly json: Record<string, unknown> }> => {
      const { rpc, chainId, registry } = deployment;
      const place = { backend: "dimo", rpc, "chain-id": chainId, registry, chain: "chain.json" };
      const journal = { journal: folder.join("journal.sqlite"), depth: "1", "max-fee": "500" };
      const account = key === "nobody" ? {} : { key: folder.join(`${key}.pem`) };
      const result = await verb.handler({ ...place, ...journal, ...account, ...args }, io);
      return result as Result & { readonly json: Record<string, unknown> };
    };
    const refusal = async (...args: Parameters<typeof call>): Promise<TouchmarkError> => {
      const error: unknown = await call(...args).then(
        () => new Error("it went through"),
        (reason: unknown) => reason,
      );
      if (!isTouchmarkError(error)) throw error;
      return error;
    };
    const list = (name: string, units: readonly Wallet[], edit = (row: string): string => row): string => {
      const path = folder.join(name);
      const row = ({ address }: Wallet) =>
        edit(`${address},TM1-${run}-${address.slice(2, 8)},https://example.org/tm1,rev A`);
      writeFileSync(path, ["address,serial,definitionUri,hardwareRevision", ...units.map(row)].join("\n"));
      return path;
    };
    const id = () => deployment.manufacturerId;
    const tokens = (result: Result): bigint[] =>
      (result.json as { registered: { tokenId: bigint }[] }).registered.map(({ tokenId }) => tokenId);
    const signed = async (unit: Wallet, struct: "claimAftermarketDevice" | "pairAftermarketDevice", value: object) => {
      const { chainId, registry } = deployment;
      const target = { domain: "dimoDomain", chainId: BigInt(chainId), verifyingContract: registry } as const;
      return await signTypedData(unit, target, struct, { ...value });
    };
    const claimOf = (unit: Wallet, tokenId: bigint) =>
      signed(unit, "claimAftermarketDevice", { aftermarketDeviceNode: tokenId, owner: deployment.driver.address });
    const tokenOf = async (unit: Wallet): Promise<bigint> => {
      const { json } = await call(check, "nobody", { id: id(), unit: unit.address });
      return (json as unknown as { device: { tokenId: bigint } }[])[0]?.device.tokenId ?? 0n;
    };

    it("says license, privilege and credit, and plainly that there is no quota", async () => {
      const { json } = await call(status, "nobody", { id: id(), count: "25" });
      const said = Object.fromEntries(
        (json as unknown as { what: string; met?: boolean }[]).map((x) => [x.what, x.met]),
      );
      expect(said).to.include({ privilege: true, "license in force": true, credit: true });
      expect(said).to.have.property("quota", undefined);
    });

    it("sends nothing for more units than the credit pays for", async () => {
      const { json, refused } = await call(status, "nobody", { id: id(), count: "100000000" });
      expect(refused).to.equal(true);
      expect((json as unknown as { what: string; met?: boolean }[]).find((x) => x.what === "credit")?.met).to.equal(
        false,
      );
    });

    it("registers 25 devices with their attributes, one of them registered before", async () => {
      const one = await call(register, "maker", { id: id(), unit: list("one.csv", [first]) });
      const all = await call(register, "maker", { id: id(), unit: list("all.csv", devices.slice(0, UNITS)) });
      expect(tokens(all)).to.have.length(UNITS);
      expect(tokens(all)[0]).to.equal(tokens(one)[0]);
      expect(new Set(tokens(all)).size).to.equal(UNITS);
      const held = await call(check, "nobody", { id: id(), unit: folder.join("all.csv") });
      expect(held.refused).to.equal(false);
    });

    it("says the same again, and sends nothing", async () => {
      const sent = said.length;
      const again = await call(register, "maker", { id: id(), unit: folder.join("all.csv") });
      expect([tokens(again).length, said.length]).to.deep.equal([UNITS, sent]);
    });

    it("sees an attribute that is not as the list says", async () => {
      const other = list("other.csv", [first], (row) => row.replace("rev A", "rev B"));
      const { json, refused } = await call(check, "nobody", { id: id(), unit: other });
      expect(refused).to.equal(true);
      expect(json).to.have.nested.property("[0].faults[0]", "hardwareRevision is rev A");
    });

    it("refuses a serial number that another unit has, which the registry would take", async () => {
      const twin = list("twin.csv", [first, spare], (row) => row.replace(/TM1-[^,]*/, "TM1-twin"));
      expect((await refusal(register, "maker", { id: id(), unit: twin })).code).to.equal("PREFLIGHT");
      const serial = `TM1-${run}-${first.address.slice(2, 8)}`;
      const later = list("later.csv", [spare], (row) => row.replace(/TM1-[^,]*/, serial));
      const error = await refusal(register, "maker", { id: id(), unit: later });
      expect(error.data).to.include({ what: "serial twice", of: first.address.toLowerCase() });
    });

    it("says who has to approve what before the first claim, and approves it", async () => {
      await call(approve, "maker", { remove: true });
      const signature = await claimOf(first, await tokenOf(first));
      const error = await refusal(claim, "driver", { device: first.address, signature });
      expect(error.data).to.include({ missing: "approval", remedy: "registry approve" });
      expect((await call(approve, "maker", { remove: false })).json).to.have.property("approved", true);
    });

    it("does not send a signature with high s, nor another unit's", async () => {
      const tokenId = await tokenOf(first);
      const signature = await claimOf(first, tokenId);
      for (const [bad, what] of [
        [highS(signature), "r or s is out of range, or s is high"],
        [await claimOf(second, tokenId), `signed by ${second.address.toLowerCase()}, or something else`],
      ] as const) {
        const path = folder.join("claim.sig");
        writeFileSync(path, getBytes(bad));
        const error = await refusal(claim, "driver", { device: first.address, signature: path });
        expect([error.code, error.data["what"]]).to.deep.equal(["SIGNATURE_INVALID", what]);
      }
    });

    it("without a signature says what the unit has to sign", async () => {
      const error = await refusal(claim, "driver", { device: first.address });
      expect(error.data).to.include({ struct: "claimAftermarketDevice" });
    });

    it("claims and pairs a device with its own signatures, and parts them", async () => {
      const tokenId = await tokenOf(first);
      const owned = { device: first.address, signature: await claimOf(first, tokenId) };
      expect((await call(claim, "driver", owned)).json).to.include({ claimed: true, owner: deployment.driver.address });
      expect((await call(claim, "driver", owned)).json).to.include({ claimed: true });
      const { vehicleId } = deployment;
      const value = { aftermarketDeviceNode: tokenId, vehicleNode: BigInt(vehicleId) };
      const signature = await signed(first, "pairAftermarketDevice", value);
      const paired = await call(pair, "driver", { device: first.address, vehicle: vehicleId, signature });
      expect(paired.json).to.include({ vehicleId: BigInt(vehicleId) });
      const parted = await call(unpair, "driver", { device: `${tokenId}`, vehicle: vehicleId });
      expect(parted.json).to.include({ vehicleId: 0n });
    });

    it("shows that after a return the old claim signature works again", async () => {
      const signature = await claimOf(first, await tokenOf(first));
      expect((await call(returned, "driver", { device: first.address, reprovision: false })).json).to.include({
        claimed: false,
        owner: deployment.maker.address,
      });
      expect((await call(claim, "driver", { device: first.address, signature })).json).to.include({ claimed: true });
    });

    it("takes a claimed device back only where its owner is said to have agreed; it has a new token then", async () => {
      const tokenId = await tokenOf(first);
      const back = { device: first.address, reprovision: true };
      expect((await refusal(returned, "maker", { ...back, claimed: false })).code).to.equal("PREFLIGHT");
      const { json } = await call(returned, "maker", { ...back, claimed: true });
      expect(json).to.include({ claimed: false, address: first.address.toLowerCase() });
      expect(json["tokenId"]).to.satisfy((id: bigint) => id > tokenId);
      expect((await call(check, "nobody", { id: id(), unit: list("first.csv", [first]) })).refused).to.equal(false);
    });

    it("gives a device a new address, never one in use, and says that the old one still resolves", async () => {
      const used = await refusal(reset, "maker", { device: second.address, address: first.address });
      expect(used.data).to.include({ missing: "an unused address" });
      const tokenId = await tokenOf(second);
      const { json } = await call(reset, "maker", { device: second.address, address: stale.address });
      expect(json).to.include({ tokenId, address: stale.address.toLowerCase(), oldAddressResolves: true });
      expect((await refusal(unpair, "maker", { device: second.address, vehicle: "1" })).code).to.equal(
        "REGISTRATION_MISMATCH",
      );
    });

    it("goes on with the others past an address that stands for another device", async () => {
      const result = await call(register, "maker", { id: id(), unit: folder.join("all.csv") });
      expect(result.json).to.have.nested.property("rejected[0].code", "REGISTRATION_MISMATCH");
      expect(result.json).to.have.property("rejected").with.length(1);
      expect(tokens(result)).to.have.length(UNITS - 1);
    });

    it("registers one by hand", async () => {
      const unit = { unit: spare.address, serial: `TM1-${run}-spare`, "dev-eui": "70B3D57ED005A4B2" };
      expect(tokens(await call(register, "maker", { id: id(), ...unit }))).to.have.length(1);
    });

    it("gets a board over its license, which any verb then finds in the file", async () => {
      const out = folder.join("board.json");
      const { json } = await call(deployBoard, "maker", { out });
      const { addresses } = readDeployment(JSON.parse(readFileSync(out, "utf8")));
      expect(addresses).to.deep.equal(json["addresses"]);
      expect(addresses.registry).to.equal(getAddress(deployment.registry));
      const { rpc, manufacturerId } = deployment;
      await refresh.handler({ chain: out, rpc, key: folder.join("maker.pem"), id: manufacturerId }, io);
      const provider = providerOf(deployment);
      const board = contractAt("OtaBoard", addresses.board ?? "", provider);
      const word = await read<bigint>(board, "license", BigInt(manufacturerId));
      provider.destroy();
      expect(Number((word >> 240n) & 0xffn)).to.equal(words.licenseStatus.active);
      expect(await refusal(deployBoard, "maker", { out })).to.have.property("code", "FILE_EXISTS");
      const ours = { out: folder.join("ours.json"), backend: "touchmark" };
      expect(await refusal(deployBoard, "maker", ours)).to.have.property("code", "USAGE");
    });

    it("C5 proves nothing by witnesses: its storage is DIMO's to move, and another node is the measure", async () => {
      const witness = ["http://127.0.0.1:1"];
      const error = await refusal(check, "maker", { id: "1", unit: first.address, witness });
      expect([error.code, error.data["remedy"]]).to.deep.equal([
        "PREFLIGHT",
        "DIMO may move its storage: ask another node, --second-rpc",
      ]);
    });

    it("revokes nothing: there is no such thing there", async () => {
      const error = await refusal(revoke, "maker", { device: first.address, reason: "scrapped" });
      expect(error.data).to.have.property("missing").which.includes("DIMO's registry has none");
    });
  });
}

function device(devices: readonly Wallet[], at: number): Wallet {
  const found = devices[at];
  if (found === undefined) throw new RangeError("no such device");
  return found;
}

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The same signature with n − s and the other v. */
function highS(signature: string): string {
  const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.endsWith("1b") ? "1c" : "1b";
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${v}`;
}
