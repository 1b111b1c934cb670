// SPDX-License-Identifier: Apache-2.0
// Registrations proved from a block that witnesses vouch for, through one node alone, which lies.
import { readFileSync, writeFileSync } from "node:fs";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import type { Contract } from "ethers";
import type { Result } from "../../host/src/cli/verb.ts";
import { encodeRpcHeader } from "../../host/src/protocol/block-header.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { NO_CHALLENGE } from "../../host/src/protocol/chain.ts";
import { unitStateToJson } from "../../host/src/protocol/messages/unit-state.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { TouchmarkBackend } from "../../host/src/registry/backend/touchmark.ts";
import { registerBatch } from "../../host/src/registry/batch/register-batch.ts";
import type { Deployment } from "../../host/src/registry/deploy.ts";
import type { CheckedUnit } from "../../host/src/registry/device/check.ts";
import { proveUnit } from "../../host/src/registry/proof/prove-unit.ts";
import type { ProvedBlock } from "../../host/src/registry/proof/registry-proofs.ts";
import type { ProofSources } from "../../host/src/witness/witnessed-header.ts";
import { type LicensedMaker, licensedMaker } from "../support/licensed-maker.ts";
import { refusal } from "../support/refusal.ts";
import { type RpcBridge, rpcBridge } from "../support/rpc-bridge.ts";
import { stopped } from "../support/stopped-witness.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { type WitnessServices, witnessServices } from "../support/witness-services.ts";
import { chain, lively, type Send, withClient } from "./support/batch-run.ts";
import { DAY, ethers, now } from "./support/chain.ts";
import { claimed, device, dimoPair, mint, tokenOf } from "./support/devices.ts";
import { writeKeyFile } from "./support/key-file.ts";
import { LyingNode } from "./support/lying-node.ts";
import { runVerb } from "./support/run-verb.ts";
import { certify, MODEL_NAME } from "./support/steps.ts";

type Lie = (method: string, answer: unknown, params: readonly unknown[]) => unknown;
type Checked = Result & { readonly json: readonly (CheckedUnit & ProvedBlock)[] };

const UNIT = { minted: 1, claimed: 2, revoked: 3, reset: 5, newAddress: 6, none: 7 } as const;
const VEHICLE = 12n;
const LONG = "a serial that is longer than the thirty-one bytes of one slot, and longer than two";

const PASSPHRASE = "FAKE passphrase of a test";

const honest: Lie = (_method, answer) => answer;

describe("a registration proved at a witnessed block", function () {
  this.timeout(60_000);
  let maker: LicensedMaker;
  let services: WitnessServices;
  let folder: TemporaryFolder;
  /** At which none of the units was registered yet. */
  let early: bigint;
  /** What a run has told as it went. */
  let said: string[] = [];

  before(async () => {
    maker = await licensedMaker();
    services = await witnessServices(maker.witnesses);
    folder = new TemporaryFolder();
    const unit = { life: "locked", slot: 0, version: "1.0.0", securityVersion: 1 } as const;
    writeFileSync(folder.join("unit.json"), JSON.stringify(unitStateToJson({ ...maker.state, ...unit })));
    writeFileSync(folder.join("root.pem"), encodePem("CERTIFICATE", maker.root));
    await certify(maker.world, maker.id, "maker", (await now()) + 300 * DAY);
    early = BigInt(await ethers.provider.getBlockNumber());
    await registerAll(maker);
    await writeKeyFile(folder.join("maker.pem"), "maker", PASSPHRASE);
  });
  beforeEach(() => {
    said = [];
  });
  after(async () => {
    await services[Symbol.asyncDispose]();
    await maker[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const options = (): string[] => [
    ...services.urls.flatMap((url) => ["--witness", url]),
    ...["--state", folder.join("unit.json"), "--root", folder.join("root.pem")],
  ];

  /** `registry check` of device n, through one node with this lie. */
  async function check(
    n: number,
    lie: Lie = honest,
    words: readonly string[] = options(),
    send: Send = chain,
    change: Partial<Deployment> = {},
  ): Promise<Checked> {
    await using bridge = await rpcBridge(send, lie);
    const place = at(bridge, change);
    return (await runVerb(["registry", "check", `${maker.id}`, device(n).address, ...place, ...words])) as Checked;
  }

  /** `registry batch` of a list by the maker, with a journal of its own. */
  async function batch(list: string, send: Send, journal: string, words: readonly string[] = []): Promise<Result> {
    await using bridge = await rpcBridge(send);
    const own = ["--key", folder.join("maker.pem"), "--journal", folder.join(journal), "--depth", "1"];
    const call = ["registry", "batch", `${maker.id}`, list, ...own, ...at(bridge), ...words];
    return await runVerb(call, { passphrase: async () => PASSPHRASE, say: (line) => void said.push(line) });
  }

  function at({ url }: RpcBridge, change: Partial<Deployment> = {}): string[] {
    const place = { rpc: url, chainId: 31_337, addresses: { ...maker.world.deployment, ...change } };
    writeFileSync(folder.join("chain.json"), JSON.stringify(place));
    return ["--chain", folder.join("chain.json")];
  }

  /** What the lie is refused with; the node has to be named. */
  async function caught(n: number, lie: Lie): Promise<{ code: string; data: Readonly<Record<string, unknown>> }> {
    const { code, data } = await refusal(check(n, lie));
    expect(JSON.stringify(data)).to.match(/http:\/\/127\.0\.0\.1:\d+/);
    return { code, data };
  }

  const states = [
    ["minted", UNIT.minted, UNIT.minted],
    ["claimed and paired", UNIT.claimed, UNIT.claimed],
    ["revoked", UNIT.revoked, UNIT.revoked],
    ["one whose address was reset, by its new address", UNIT.newAddress, UNIT.reset],
  ] as const;
  for (const [what, n, born] of states)
    it(`C5 says of a unit all that the contract says: ${what}`, async () => {
      const { json, refused, text } = await check(n);
      const [unit] = json;
      expect(refused).to.equal(n === UNIT.revoked);
      expect(unit?.proved).to.equal(what === "claimed and paired" ? "claimed" : what === "revoked" ? what : "minted");
      expect(unit?.device).to.deep.include({
        tokenId: tokenOf(device(born)),
        address: device(n).address.toLowerCase(),
        manufacturerId: maker.id,
        vehicleId: n === UNIT.claimed ? VEHICLE : 0n,
        owner: maker.world.address(n === UNIT.claimed ? "owner" : "maker"),
      });
      expect(unit?.device?.attributes.serial).to.equal(n === UNIT.minted ? LONG : `TM1-2026-0000000${born}`);
      expect(unit?.block).to.equal(BigInt(await ethers.provider.getBlockNumber()));
      expect(text).to.match(/proved at block \d+, -?\d+ s old, that 2 witnesses vouch for$/);
    });

  for (const [what, n] of [
    ["never registered", UNIT.none],
    ["that a reset has taken from its unit", UNIT.reset],
  ] as const)
    it(`C5 proves that there is no unit: an address ${what}`, async () => {
      const { json, refused, text } = await check(n);
      expect(json[0]).to.deep.include({ device: undefined, faults: ["not registered"], proved: "absent" });
      expect([refused, text]).to.satisfy(([no, said]: [boolean, string]) => no && said.includes("proved"));
    });

  describe("C5 through a node that lies", () => {
    const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`;
    const address = device(UNIT.none).address.toLowerCase();

    it("C5 false receipt: it says that a unit is registered which is not", async () => {
      const { send } = new LyingNode(maker.world, maker.world.address("maker"));
      const list = folder.join("units.csv");
      writeFileSync(list, `address,serial\n${device(UNIT.none).address},TM1-7`);
      const believed = await batch(list, send, "believed.sqlite");
      expect(believed.json).to.deep.include({ registered: [{ address, tokenId: BigInt(address) }] });
      const { code, data } = await refusal(batch(list, send, "proved.sqlite", options()));
      expect(code).to.equal("NODE_CONTRADICTED");
      expect(data).to.deep.include({ address, proved: null });
      expect(data["answered"]).to.have.property("tokenId", `${BigInt(address)}`);
      expect((await refusal(check(UNIT.none, honest, options(), send))).code).to.equal("NODE_CONTRADICTED");
      expect(await maker.world.read("registry.isAddressUsed", address)).to.equal(false);
    });

    it("C5 false receipt: a second node that is honest ends the run", async () => {
      const liar = new LyingNode(maker.world, maker.world.address("maker"));
      const [registry, nodes, programme] = (["registry", "nodes", "programme"] as const).map((part) =>
        maker.world.contract(part),
      ) as [Contract, Contract, Contract];
      const second = new TouchmarkBackend({ registry, nodes, programme });
      const list = [{ address: device(31).address.toLowerCase(), serial: "TM1-31" }];
      const run = (send: Send) =>
        withClient(maker, { journal: folder.join("second.sqlite"), send }, (client) =>
          registerBatch({ ...client, second }, list),
        );
      const { code, data } = await refusal(run(liar.send));
      expect(code).to.equal("CHAIN_DISAGREES");
      expect(data).to.include({ first: `${BigInt(list[0]?.address ?? 0)}`, second: "undefined" });
      // What the journal holds is brought to its end by an honest node.
      expect((await run(lively)).registered).to.have.length(1);
    });

    it("C5 false receipt: its answers contradict each other", async () => {
      const other: Lie = (method, answer, [call]) =>
        method === "eth_call" && (call as { data: string }).data.startsWith(selector("getAftermarketDeviceAddressById"))
          ? word(tokenOf(device(UNIT.claimed)))
          : answer;
      expect((await caught(UNIT.minted, other)).code).to.equal("NODE_CONTRADICTED");
    });

    it("C5 stale state: it answers as of a block before the unit was registered", async () => {
      const stale: Lie = (method, answer) => (method === "eth_call" ? word(0n) : answer);
      expect((await check(UNIT.minted, stale, [])).json[0]?.faults).to.deep.equal(["not registered"]);
      const { code, data } = await caught(UNIT.minted, stale);
      expect([code, data["answered"]]).to.deep.equal(["NODE_CONTRADICTED", null]);
    });

    it("C5 stale state: its proofs are of an older block", async () => {
      const stale: Send = (method, params) =>
        chain(method, method === "eth_getProof" ? [params[0], params[1], `0x${early.toString(16)}`] : params);
      const { code, data } = await refusal(check(UNIT.minted, honest, options(), stale));
      expect(code).to.equal("PROOF_NODE_HASH");
      expect(data["node"]).to.match(/^http:/);
    });

    it("C5 stale state: its account is the block's, and the storage below an older one's", async () => {
      const stale: Send = async (method, params) => {
        const answer = await chain(method, params);
        if (method !== "eth_getProof") return answer;
        const old = (await chain(method, [params[0], params[1], `0x${early.toString(16)}`])) as Proof;
        return { ...(answer as Proof), storageProof: old.storageProof };
      };
      const { code } = await refusal(check(UNIT.minted, honest, options(), stale));
      expect(code).to.equal("PROOF_NODE_HASH");
    });

    it("C5 wrong chain id: it serves another chain and says so", async () => {
      const other: Lie = (method, answer) => (method === "eth_chainId" ? "0x89" : answer);
      expect((await caught(UNIT.minted, other)).code).to.equal("CHAIN_WRONG");
    });

    it("C5 wrong chain id: chain.json and the trust that names the witnesses are of two chains", async () => {
      const words = options().map((each) => (each.endsWith("unit.json") ? folder.join("other.json") : each));
      const { state } = maker;
      const trust = { ...state.trust, chainId: 137n };
      const unit = { life: "locked", slot: 0, version: "1.0.0", securityVersion: 1 } as const;
      writeFileSync(folder.join("other.json"), JSON.stringify(unitStateToJson({ ...state, ...unit, trust })));
      const { code, data } = await refusal(check(UNIT.minted, honest, words));
      expect([code, data["chainId"]]).to.deep.equal(["USAGE", "137"]);
    });

    it("C5 forked view: it serves another block than the witnesses', with a hash that fits", async () => {
      const forked: Lie = (method, answer) => {
        if (method !== "eth_getBlockByNumber") return answer;
        const block = { ...(answer as object), gasUsed: "0x1" };
        return { ...block, hash: `0x${toHex(keccak_256(encodeRpcHeader(block)))}` };
      };
      expect((await caught(UNIT.minted, forked)).code).to.equal("CHAIN_DISAGREES");
    });

    it("C5 forged proof: a storage word is another one", async () => {
      const forged: Lie = (method, answer) =>
        method === "eth_getProof" ? withLeaves(answer as Proof, (leaf) => `${leaf.slice(0, -2)}00`) : answer;
      expect((await caught(UNIT.minted, forged)).code).to.equal("PROOF_NODE_HASH");
    });

    it("C5 forged proof: a unit that is there is left out", async () => {
      const hidden: Lie = (method, answer) =>
        method === "eth_getProof" ? withLeaves(answer as Proof, () => undefined) : answer;
      expect((await caught(UNIT.minted, hidden)).code).to.equal("PROOF_INCOMPLETE");
    });

    it("C5 forged proof: of another slot than was asked for", async () => {
      const own = await provedAt(UNIT.claimed, BigInt(await ethers.provider.getBlockNumber()));
      const exchanged: Lie = (method, answer) => {
        const { storageProof } = answer as Proof;
        return method === "eth_getProof" && storageProof.length > 0 ? own : answer;
      };
      expect((await caught(UNIT.minted, exchanged)).code).to.match(/^PROOF_/);
    });

    it("C5 forged proof: of another contract's account", async () => {
      const block = "latest";
      const board = (await chain("eth_getProof", [maker.world.deployment.board, [], block])) as Proof;
      const other: Lie = (method, answer) =>
        method === "eth_getProof" ? { ...(answer as Proof), accountProof: board.accountProof } : answer;
      expect((await caught(UNIT.minted, other)).code).to.match(/^PROOF_/);
    });

    it("C5 wrong code hash: the code that it shows is not what the account's proof names", async () => {
      const other: Lie = (method, answer) => (method === "eth_getCode" ? "0x00" : answer);
      const { code, data } = await caught(UNIT.minted, other);
      expect([code, data["what"]]).to.deep.equal(["NODE_CONTRADICTED", "eth_getCode"]);
    });

    it("C5 wrong code hash: another contract stands at the registry's address", async () => {
      const { registry, board } = maker.world.deployment;
      const own = await ethers.provider.getCode(registry);
      await chain("hardhat_setCode", [registry, await ethers.provider.getCode(board)]);
      await chain("evm_mine", []);
      try {
        expect((await refusal(check(UNIT.minted))).code).to.equal("ACCOUNT_CODE_HASH");
      } finally {
        await chain("hardhat_setCode", [registry, own]);
        await chain("evm_mine", []);
      }
    });

    it("C5 says of a node that answers in another form that it does not answer", async () => {
      for (const nonsense of [{}, "0x", { accountProof: [1], storageProof: [] }]) {
        const { code } = await caught(UNIT.minted, (method, answer) => (method === "eth_getProof" ? nonsense : answer));
        expect(code).to.equal("CHAIN_UNREACHABLE");
      }
    });
  });

  it("C5 a batch ends once a block that the witnesses vouch for has each unit", async () => {
    const list = folder.join("two.csv");
    writeFileSync(list, `address,serial\n${[8, 9].map((n) => `${device(n).address},TM1-${n}`).join("\n")}`);
    const { json, text } = await batch(list, lively, "honest.sqlite", options());
    expect(said.map((line) => line.split(" ")[0])).to.deep.equal(["sent", "final", "proved"]);
    expect(json).to.have.nested.property("proof.witnesses", 2);
    expect(text).to.match(/2 registered, 0 refused\nproved at block \d+/);
  });

  describe("C5 of a batch root", () => {
    const [first, second] = [20, 21].map((n) => device(n).address.toLowerCase());
    let file: string;

    const tell = async (verb: string, ...words: readonly string[]): Promise<Result> => {
      await using bridge = await rpcBridge(lively);
      const key = ["--key", folder.join("maker.pem")];
      return await runVerb(["registry", verb, ...words, ...at(bridge), ...key], { passphrase: async () => PASSPHRASE });
    };
    const checkRoot = async (lie: Lie = honest, words = options()): Promise<Checked> => {
      await using bridge = await rpcBridge(chain, lie);
      return (await runVerb(["registry", "check", `${maker.id}`, file, ...at(bridge), ...words])) as Checked;
    };

    before(async () => {
      file = folder.join("root.json");
      const hashes = ["certificate", "record", "serial"].map((each) => ethers.id(each)).join(",");
      const rows = [first, second].map((address) => `${address},${hashes}`);
      const list = folder.join("root.csv");
      writeFileSync(list, ["address,certificateHash,mintingRecordHash,saltedSerialHash", ...rows].join("\n"));
      const made = await tell("root", `${maker.id}`, "1", list, "--model", MODEL_NAME, "--out", file, ...options());
      expect(made.json).to.include({ count: 2, witnesses: 2 });
      await tell("revoke-root", file, second ?? "");
    });

    it("C5 proves the root's word, each unit's way to it and what became of its leaf", async () => {
      for (const words of [options(), []]) {
        const { json, refused, text } = await checkRoot(honest, words);
        expect(refused).to.equal(false);
        expect(json.map((unit) => [unit.address, (unit as { leaf?: string }).leaf, unit.faults])).to.deep.equal([
          [first, "open", []],
          [second, "revoked", []],
        ]);
        expect(text.includes("proved")).to.equal(words.length > 0);
      }
    });

    it("C5 names a node that hides it, or that gives a leaf back", async () => {
      const hides: Lie = (method, answer) => (method === "eth_call" ? ethers.ZeroHash : answer);
      expect((await checkRoot(hides, [])).json[0]?.faults).to.deep.equal(["no such batch"]);
      expect(await refusal(checkRoot(hides))).to.deep.include({ code: "NODE_CONTRADICTED" });
      const frees: Lie = (method, answer, [call]) =>
        method === "eth_call" && (call as { data: string }).data.startsWith(selector("isBatchUnitTaken"))
          ? ethers.ZeroHash
          : answer;
      const { code, data } = await refusal(checkRoot(frees));
      expect([code, data["what"], data["index"]]).to.deep.equal(["NODE_CONTRADICTED", "leaf taken", 1]);
    });

    it("C5 says which unit does not stand in it, and that another batch has the number", async () => {
      const made = JSON.parse(readFileSync(file, "utf8")) as {
        units: { certificateHash: string }[];
        modelName: string;
      };
      const [unit] = made.units;
      writeFileSync(
        file,
        JSON.stringify({ ...made, units: [{ ...unit, certificateHash: ethers.ZeroHash }, made.units[1]] }),
      );
      expect((await checkRoot()).json.map(({ faults }) => faults)).to.deep.equal([["BatchProofInvalid"], []]);
      writeFileSync(file, JSON.stringify({ ...made, model: ethers.id("TM-2") }));
      expect((await checkRoot()).json[1]?.faults).to.deep.equal(["another batch under this number"]);
    });
  });

  const selector = (method: string): string =>
    maker.world.contract("registry").interface.getFunction(method)?.selector ?? "";

  it("C5 a batch whose units no witnessed block has ends with a refusal, however long ago it was mined", async () => {
    const lagging = maker.witnesses.map(stopped);
    const list = [{ address: device(30).address.toLowerCase(), serial: "TM1-30" }];
    const proofs = { trust: maker.state.trust, registry: fromHex(maker.world.deployment.registry) };
    const run = (sources: ProofSources) =>
      withClient(maker, { journal: folder.join("late.sqlite"), terms: { patience: 100 } }, (client) =>
        registerBatch({ ...client, proofs: { ...proofs, sources } }, list),
      );
    await Promise.all(lagging.map(({ statement }) => statement(NO_CHALLENGE)));
    const { code, data } = await refusal(run({ nodes: [maker.node], witnesses: lagging }));
    expect([code, data["address"]]).to.deep.equal(["REGISTRATION_NOT_PROVED", list[0]?.address]);
    const { registered, proof } = await run({ nodes: [maker.node], witnesses: maker.witnesses });
    expect(registered).to.have.length(1);
    const contract = maker.world.contract("registry");
    const reads = { contract, devices: String(contract.target), tokens: contract };
    const another = { manufacturerId: maker.id + 1n, address: list[0]?.address ?? "" };
    const sources = { nodes: [maker.node], witnesses: maker.witnesses };
    expect((await refusal(proveUnit({ ...proofs, sources }, reads, another, 0n))).code).to.equal(
      "REGISTRATION_MISMATCH",
    );
    expect(proof?.block).to.equal(BigInt(await ethers.provider.getBlockNumber()));
  });

  it("C5 needs k witnesses, and their word for this root's registry", async () => {
    const one = ["--witness", services.urls[0] ?? "", ...options().slice(-4)];
    expect((await refusal(check(UNIT.minted, honest, one))).code).to.equal("WITNESSES_DISAGREE");
    for (const dropped of ["--state", "--root"]) {
      const words = options();
      words.splice(words.indexOf(dropped), 2);
      const { code, data } = await refusal(check(UNIT.minted, honest, words));
      expect([code, data["missing"]]).to.deep.equal(["USAGE", dropped.slice(2)]);
    }
    const { data } = await refusal(check(UNIT.minted, honest, options().slice(-4)));
    expect(data).to.include({ missing: "witness" });
    const { registry, board } = maker.world.deployment;
    const forged = options().map((each) => (each.endsWith("root.pem") ? folder.join("forged.pem") : each));
    const der = Uint8Array.from(maker.root);
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    writeFileSync(folder.join("forged.pem"), encodePem("CERTIFICATE", der));
    expect((await refusal(check(UNIT.minted, honest, forged))).code).to.equal("ROOT_MISMATCH");
    const elsewhere = await refusal(check(UNIT.minted, honest, options(), chain, { registry: board }));
    expect([elsewhere.code, elsewhere.data["expected"]]).to.deep.equal(["USAGE", registry.toLowerCase()]);
  });

  interface Proof {
    readonly accountProof: readonly string[];
    readonly storageProof: readonly { readonly proof: readonly string[] }[];
  }

  /** A true proof of where device n is looked up, at another block. */
  async function provedAt(n: number, block: bigint): Promise<Proof> {
    const slots = [0n, 1n, 2n].map((each) => `0x${(tokenOf(device(n)) + each).toString(16).padStart(64, "0")}`);
    const { registry } = maker.world.deployment;
    return (await chain("eth_getProof", [registry, slots, `0x${block.toString(16)}`])) as Proof;
  }

  const withLeaves = (proof: Proof, change: (leaf: string) => string | undefined): Proof => ({
    ...proof,
    storageProof: proof.storageProof.map(({ proof: nodes, ...rest }) => {
      const leaf = change(nodes.at(-1) ?? "");
      return { ...rest, proof: [...nodes.slice(0, -1), ...(leaf === undefined ? [] : [leaf])] };
    }),
  });
});

/** One unit of each kind. */
async function registerAll({ world, id }: LicensedMaker): Promise<void> {
  const pairs = [{ attribute: "Serial", info: LONG }];
  await world.send("maker", "registry.mintAftermarketDeviceByManufacturerBatch", id, [
    { addr: device(UNIT.minted).address, attrInfoPairs: pairs },
  ]);
  await world.send("stranger", "vehicles.mint", world.address("owner"), VEHICLE);
  const tokenId = await claimed(world, id, UNIT.claimed, "owner");
  const signature = await dimoPair(world, device(UNIT.claimed), VEHICLE);
  await world.send("owner", "registry.pairAftermarketDeviceWithAdSig", tokenId, VEHICLE, signature);
  await mint(world, "maker", id, UNIT.revoked, UNIT.revoked + 1);
  await world.send("maker", "registry.revokeDevice", tokenOf(device(UNIT.revoked)), ethers.ZeroHash);
  await mint(world, "maker", id, UNIT.reset, UNIT.reset + 1);
  await world.send("maker", "registry.resetAftermarketDeviceAddressByManufacturerBatch", [
    { aftermarketDeviceNodeId: tokenOf(device(UNIT.reset)), deviceAddress: device(UNIT.newAddress).address },
  ]);
}
