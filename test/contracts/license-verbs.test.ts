// SPDX-License-Identifier: Apache-2.0
// License verbs where the applicant is a contract, the token takes no permit, or blocks are taken back.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { type BaseContract, Transaction } from "ethers";
import type { Io } from "../../host/src/cli/io.ts";
import type { Result } from "../../host/src/cli/verb.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { batchOf } from "../../host/src/registry/roots/commit-root.ts";
import { rootFile } from "../../host/src/registry/roots/root-file.ts";
import { refusal } from "../support/refusal.ts";
import { type RpcBridge, rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { DAY, ethers, now, pass } from "./support/chain.ts";
import { device, mint, tokenOf } from "./support/devices.ts";
import { writeKeyFile } from "./support/key-file.ts";
import { runVerb } from "./support/run-verb.ts";
import {
  DOCUMENT,
  EVIDENCE,
  grantLicense,
  MODEL_NAME,
  modelCertificate,
  passAudits,
  unlicensedWorld,
  YEAR,
} from "./support/steps.ts";
import { type Account, MIN_STAKE, type World } from "./support/world.ts";

const PASSPHRASE = "FAKE passphrase of a test";
const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;

interface ToSign {
  readonly deadline: number;
  readonly typedData: {
    readonly domain: object;
    readonly types: Record<string, { name: string; type: string }[]>;
    readonly message: Record<string, unknown>;
  };
}

interface ToSend {
  readonly chainId: string;
  readonly transactions: readonly { readonly to: string; readonly value: string; readonly data: string }[];
}

describe("license verbs", function () {
  this.timeout(60_000);
  let world: World;
  let id: bigint;
  let bridge: RpcBridge;
  let sent: Transaction[] = [];
  const folder = new TemporaryFolder();

  const chainFile = (of: World, name = "chain.json"): string => {
    const file = folder.join(name);
    writeFileSync(file, JSON.stringify({ rpc: bridge.url, chainId: 31_337, addresses: of.deployment }));
    return file;
  };
  interface Way extends Partial<Io> {
    readonly by?: Account | undefined;
    readonly chain?: string;
  }
  const license = (
    words: readonly string[],
    { by, chain = folder.join("chain.json"), ...io }: Way = {},
  ): Promise<Result> =>
    runVerb(["license", ...words, "--chain", chain, ...(by ? ["--key", folder.join(`${by}.pem`)] : [])], {
      passphrase: async () => PASSPHRASE,
      ...io,
    });

  before(async () => {
    bridge = await rpcBridge((method, params) => {
      if (method === "eth_sendRawTransaction") sent.push(Transaction.from(String(params[0])));
      return ethers.provider.send(method, params);
    });
    ({ world, id } = await unlicensedWorld());
    chainFile(world);
    for (const account of ["maker", "stranger"] as const)
      await writeKeyFile(folder.join(`${account}.pem`), account, PASSPHRASE);
  });
  after(async () => {
    await bridge[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  beforeEach(() => {
    sent = [];
  });

  describe("license text 2: a contract wallet", () => {
    let wallet: BaseContract;
    let address: string;
    let node: bigint;

    const signedBy = async (account: Account, { typedData }: ToSign): Promise<string> => {
      const { EIP712Domain: _, ...types } = typedData.types;
      return await world.signer(account).signTypedData(typedData.domain, types, typedData.message);
    };
    const execute = async ({ chainId, transactions }: ToSend): Promise<void> => {
      expect(chainId).to.equal("31337");
      for (const { to, value, data } of transactions) {
        expect(value).to.equal("0");
        await (await wallet.getFunction("execute")(to, data)).wait();
      }
    };
    const signature = async (signer: Account, words: readonly string[]): Promise<string[]> => {
      const { json } = await license(words);
      const toSign = json as ToSign;
      return ["--deadline", `${toSign.deadline}`, "--signature", await signedBy(signer, toSign)];
    };

    before(async () => {
      const key = world.signer("owner");
      wallet = await ethers.deployContract("DevWallet", [key.address], key);
      address = await wallet.getAddress();
      await world.send("admin", "nodes.setController", address);
      await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Safe Makers", []);
      node = await world.read<bigint>("nodes.getManufacturerIdByName", "Safe Makers");
      await world.send("admin", "nodes.transferFrom", world.address("admin"), address, node);
    });

    it("is told what to sign, then what to send, and applies with it", async () => {
      const words = ["apply", `${node}`, "--wallet", address.toLowerCase(), "--mou", DOCUMENT, "--at-most", "100000"];
      const signed = [...words, ...(await signature("owner", words))];
      expect((await refusal(license(signed))).data["missing"]).to.equal("the stake is not in the wallet");
      await world.send("stranger", "token.mint", address, MIN_STAKE);
      const { json, text } = await license(signed);
      const calls = json as ToSend;
      expect(calls.transactions.map(({ to }) => to)).to.deep.equal([
        world.deployment.token,
        world.deployment.programme,
      ]);
      expect(text).to.include(calls.transactions[1]?.data);
      await execute({ ...calls, transactions: calls.transactions.slice(0, 1) });
      // With the allowance given, the application is tried before it is printed.
      const rest = (await license(signed)).json as ToSend;
      expect(rest.transactions).to.deep.equal(calls.transactions.slice(1));
      await execute(rest);
      expect((await world.read<{ licensee: string }>("programme.licenseOf", node)).licensee).to.equal(address);
      expect(await world.read("programme.stakeOf", node, address)).to.equal(MIN_STAKE);
      expect(sent).to.deep.equal([]);
    });

    it("signs a new version, which anyone brings or it sends itself", async () => {
      for (const [edition, by] of [
        ["second", "stranger"],
        ["third", undefined],
      ] as const) {
        const document = ethers.id(`MOU, ${edition} edition`);
        await world.send("licensor", "programme.publishMou", document);
        const words = ["sign", `${node}`, document, "--wallet", address];
        const { json } = await license([...words, ...(await signature("owner", words))], { by });
        if (by === undefined) await execute(json as ToSend);
        const [version] = await world.read<[bigint]>("programme.mou");
        expect(await world.read("programme.mouSignedVersion", node)).to.equal(version);
      }
      expect(sent).to.have.length(1);
    });

    it("does whatever else its maker may: each act is tried as the wallet, told, and sent by it alone", async () => {
      const [version] = await world.read<[bigint]>("programme.mou");
      expect(await world.read("programme.mouSignedVersion", node)).to.equal(version);
      const expiry = (await now()) + YEAR;
      await passAudits(world, node, expiry);
      await world.send("licensor", "programme.grant", { id: node, expiry, quota: 5 });
      await world.send("stranger", "token.mint", address, MIN_STAKE);
      writeFileSync(folder.join("root.pem"), encodePem("CERTIFICATE", Uint8Array.of(0x30, 0)));
      const [other, until] = [world.address("line"), ["--until", new Date(expiry * 1000).toISOString()]];
      const wallets = ["--wallet", address, "--chain", folder.join("chain.json")];
      const told = async (verb: string, ...rest: readonly string[]): Promise<number> => {
        const { json } = await runVerb([...verb.split(" "), ...rest, ...wallets]);
        await execute(json as ToSend);
        return (json as ToSend).transactions.length;
      };
      const acts = (verb: string, ...rest: readonly string[]): Promise<number> => told(verb, `${node}`, ...rest);
      expect(await acts("license stake", "5")).to.equal(2);
      expect(await world.read("programme.stakeOf", node, address)).to.equal(MIN_STAKE + 5n * 10n ** 18n);
      await acts("license support", ...until);
      await acts("license request-renewal");
      const request = { id: node, staker: address, amount: 5n, reason: 2, evidence: EVIDENCE };
      await world.send("licensor", "programme.proposeSlash", request);
      await acts("license slash-contest", EVIDENCE);
      await world.send("licensor", "programme.closeSlash", node);
      await acts("board signer", other);
      await acts("board root", folder.join("root.pem"));
      await acts("board announcer", world.address("announcer"));
      expect(await world.read("board.isAnnouncer", node, world.address("announcer"))).to.equal(true);
      await acts("registry model", "TM-1");
      await acts("node privilege", "mint", other, ...until);
      expect(await world.read("nodes.hasPrivilege", node, 1, other)).to.equal(true);
      await acts("node approve", other);
      await told("node operator", other);
      expect(await world.read("nodes.isApprovedForAll", address, other)).to.equal(true);
      await world.send("licensor", "programme.certifyModel", modelCertificate(node, expiry));
      await mint(world, "line", node, 1, 2);
      await told("registry attribute", device(1).address, "HardwareRevision=B");
      const { registry } = world.deployment;
      expect(await world.read("registry.getInfo", registry, tokenOf(device(1)), "HardwareRevision")).to.equal("B");
      await told("registry revoke", device(1).address);
      expect(await world.read("registry.isDeviceRevoked", tokenOf(device(1)))).to.equal(true);
      const place = { chainId: 31_337n, registry: fromHex(registry), manufacturerId: node, batchId: 1n };
      const [certificateHash, leaf] = [EVIDENCE, device(2).address.toLowerCase()];
      const hashes = { certificateHash, mintingRecordHash: EVIDENCE, saltedSerialHash: EVIDENCE };
      const root = rootFile(place, MODEL_NAME, [{ address: leaf, ...hashes }]);
      writeFileSync(folder.join("batch.json"), JSON.stringify(root));
      await world.send("line", "registry.commitBatch", batchOf(root));
      await told("registry revoke-root", folder.join("batch.json"), leaf);
      expect(await world.read("registry.isBatchUnitTaken", node, 1n, 0)).to.equal(true);
      await acts("license renounce");
      const foreign = ["license", "renounce", `${id}`, ...wallets];
      expect((await refusal(runVerb(foreign))).code).to.equal("TRANSACTION_REVERTED");
      const nobody = await refusal(runVerb(["license", "renounce", `${node}`, ...wallets.slice(2)]));
      expect(nobody.data).to.include({ missing: "key" });
      await pass(31 * DAY);
      await acts("license unstake");
      expect(await world.read("token.balanceOf", address)).to.equal(2n * MIN_STAKE);
      await acts("node transfer", world.address("admin"), "--yes");
      expect(await world.read("nodes.ownerOf", node)).to.equal(world.address("admin"));
      expect(sent).to.deep.equal([]);
    });

    it("is refused another's signature, another document, another node, and what it does not say", async () => {
      const [, document] = await world.read<[bigint, string]>("programme.mou");
      const words = ["sign", `${node}`, document, "--wallet", address];
      const forged = await refusal(license([...words, ...(await signature("rival", words))], { by: "stranger" }));
      expect(forged.data["missing"]).to.equal("the wallet's word for this signature (ERC-1271)");
      const other = ["sign", `${node}`, DOCUMENT, "--wallet", address];
      expect((await refusal(license(other))).data["missing"]).to.equal("the MOU in force is another document");
      const makers = ["apply", `${id}`, "--wallet", address];
      const foreign = await refusal(license([...makers, ...(await signature("owner", makers))]));
      expect(foreign.data["missing"]).to.equal("the wallet does not hold the node");
      const nobody = ["sign", `${node}`, document, "--wallet", world.address("owner")];
      const plain = await refusal(license([...nobody, ...(await signature("owner", nobody))]));
      expect(plain.code).to.equal("PREFLIGHT");
      const elsewhere = await refusal(
        license([...words, ...(await signature("owner", ["sign", `${id}`, ...words.slice(2)]))]),
      );
      expect(elsewhere.data["missing"]).to.equal("the wallet's word for this signature (ERC-1271)");
      const limited = [...makers, "--at-most", "1", ...(await signature("owner", makers))];
      expect((await refusal(license(limited))).data["missing"]).to.equal("the stake is above your limit");
      for (const wrong of [
        [...words, "--signature", "0x"],
        [...words, "--signature", "0xz", "--deadline", "1"],
        words.slice(0, 3),
      ])
        expect((await refusal(license(wrong))).code).to.equal("USAGE");
      expect(sent).to.deep.equal([]);
    });
  });

  describe("license text 1: a token that refuses permits", () => {
    it("is paid out of an allowance of exactly the amount, by apply and by stake", async () => {
      const token = await ethers.deployContract("PermitlessToken");
      const other = await unlicensedWorld({ token: await token.getAddress() });
      const chain = chainFile(other.world, "permitless.json");
      await other.world.send("maker", "token.mint", world.address("maker"), MIN_STAKE + 1n);
      await license(["apply", `${other.id}`, "--yes"], { by: "maker", chain });
      expect(sent.map(({ to }) => to)).to.deep.equal([await token.getAddress(), other.world.deployment.programme]);
      await license(["stake", `${other.id}`, "0.000000000000000001"], { by: "maker", chain });
      expect(await other.world.read("programme.stakeOf", other.id, world.address("maker"))).to.equal(MIN_STAKE + 1n);
      const left = await other.world.read("token.allowance", world.address("maker"), other.world.deployment.programme);
      expect(left).to.equal(0n);
    });
  });

  describe("license watch", () => {
    const WATCHED = ["--poll", "0.1"];

    before(async () => {
      await world.send("licensor", "programme.publishMou", DOCUMENT);
      await grantLicense(world, id, "maker");
      await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
    });

    it("looks once for a timer: exit code 0 without a warning, 1 with one", async () => {
      const quiet = await license(["watch", `${id}`, "--once"]);
      expect(quiet.refused).to.equal(false);
      expect(quiet.json).to.deep.include({ standing: "active", warnings: [] });
      const early = await license(["watch", `${id}`, "--once", "--days", "400"]);
      expect(early.refused).to.equal(true);
      expect(early.text).to.match(/^the hardware audit ends in \d+ days$/m);
    });

    it("says each sighting as a line of JSON, a change that a reorganization takes back, too", async () => {
      const words = ["license", "watch", `${id}`, "--chain", folder.join("chain.json"), "--json", ...WATCHED];
      const watcher = spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "ignore"] });
      const ended = once(watcher, "exit");
      using opened = new DisposableStack();
      opened.defer(() => watcher.kill());
      const kinds: string[] = [];
      const snapshot = await ethers.provider.send("evm_snapshot", []);
      const acts = new Map([
        ["standing active", async () => void (await world.send("licensor", "programme.suspend", id, 1, EVIDENCE))],
        [
          "standing suspended",
          // As many blocks again, without the suspension: the node's height does not tell.
          async () => {
            await ethers.provider.send("evm_revert", [snapshot]);
            await pass(1);
          },
        ],
      ]);
      for await (const line of createInterface({ input: watcher.stdout })) {
        const { kind, is, event } = JSON.parse(line) as { kind: string; is?: string; event?: { event: string } };
        kinds.push([kind, is ?? event?.event].filter(Boolean).join(" "));
        const act = acts.get(kinds.at(-1) ?? "");
        acts.delete(kinds.at(-1) ?? "");
        await act?.();
        if (kinds.filter((each) => each === "standing active").length === 2) watcher.kill();
      }
      await ended;
      expect(kinds).to.include.members(["event Suspended", "standing suspended", "warning", "reorganized"]);
      expect(kinds.filter((each) => each.startsWith("standing"))).to.deep.equal([
        "standing active",
        "standing suspended",
        "standing active",
      ]);
      expect(kinds.indexOf("reorganized")).to.be.greaterThan(kinds.indexOf("standing suspended"));
    });

    it("ends with exit code 1 at a change, where it is told to", async () => {
      const first = Promise.withResolvers<void>();
      const watching = license(["watch", `${id}`, "--until-change", ...WATCHED], { line: () => first.resolve() });
      await first.promise;
      await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
      expect((await watching).refused).to.equal(true);
    });
  });
});
