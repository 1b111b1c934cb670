// SPDX-License-Identifier: Apache-2.0
// A maker in DIMO's own programme: units registered in DIMO's registry, gated by a board over DIMO's license. The
// contracts are stand-ins on a chain of its own, or DIMO's own where TOUCHMARK_DIMO_* names a local chain with unlocked
// accounts (test/contracts/support/dimo-deployment.ts says which).
import { join } from "node:path";
import { Contract, ContractFactory, JsonRpcProvider, type JsonRpcSigner, keccak256, Network } from "ethers";
import { type DemoAuthority, issueCertificates } from "../../host/src/demo/authority.ts";
import { type DemoChain, startChain } from "../../host/src/demo/chain.ts";
import { buildApp, buildBootloader } from "../../host/src/demo/firmware.ts";
import { contractOf, equipBoard } from "../../host/src/demo/license.ts";
import { announce, makeRelease, type ReleaseLine } from "../../host/src/demo/releases.ts";
import { type DemoFederation, startFederation, THRESHOLD } from "../../host/src/demo/witnesses.ts";
import { HARDWARE_MODEL, MANUFACTURER } from "../../host/src/demo/world.ts";
import { type ChipFiles, makeChip } from "../../host/src/device/chip-files.ts";
import { Ledger } from "../../host/src/ledger/ledger.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { classId } from "../../host/src/protocol/class-id.ts";
import { sha256 } from "../../host/src/protocol/secp256k1.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../host/src/protocol/suit-manifest.ts";
import { type ContractName, loadArtifact } from "../../host/src/registry/artifacts.ts";
import { dimoRegistryAbi, dimoStakeAbi } from "../../host/src/registry/backend/dimo-abi.ts";
import { discoverTokens } from "../../host/src/registry/backend/discover.ts";
import { type Deployment, deployDimoBoard } from "../../host/src/registry/deploy.ts";
import { read, transact } from "../../host/src/registry/transaction.ts";
import { blankTrust } from "../../host/src/release/blank-trust.ts";
import { factoryImage } from "../../host/src/release/factory.ts";
import { openLine } from "../../host/src/station/line.ts";
import type { Station } from "../../host/src/station/station.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const STAND_IN_NODE = 7n;

/** DIMO's side, and who can give and take the license. */
interface DimoSide {
  readonly registry: string;
  readonly manufacturerId: bigint;
  readonly vehicleId: bigint;
  grant(): Promise<void>;
  revoke(): Promise<void>;
}

export interface DimoWorkshop extends AsyncDisposable {
  readonly chain: DemoChain;
  readonly dimo: DimoSide;
  readonly line: ReleaseLine;
  readonly authority: DemoAuthority;
  readonly federation: DemoFederation;
  readonly station: Station;
  readonly folder: TemporaryFolder;
  newChip(): ChipFiles;
  release(version: string, sequence: number): Promise<SignedRelease>;
  refresh(): Promise<void>;
  pass(seconds: number): Promise<void>;
}

/** Undefined where DIMO's own contracts are asked for and the environment names none. */
export async function openDimoWorkshop(own: boolean): Promise<DimoWorkshop | undefined> {
  const rpc = process.env["TOUCHMARK_DIMO_RPC"];
  if (own && rpc === undefined) return undefined;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(new TemporaryFolder());
  const chain = own ? await attach(rpc ?? "") : await startChain(ROOT, folder.path);
  if (!own) stack.defer(() => chain.child.kill());
  stack.defer(() => chain.provider.destroy());
  const dimo = own ? ownContracts(chain) : await standIns(chain);
  const { maker } = chain.accounts;
  const registry = new Contract(dimo.registry, dimoRegistryAbi, maker);
  const { nodes, tokens } = await discoverTokens(registry);
  const stake = await read<string>(registry, "getManufacturerLicense");
  const board = await deployDimoBoard(maker, { nodes: String(nodes.target), stake }, 0);
  const deployment = { registry: dimo.registry, nodes: String(nodes.target), board } as unknown as Deployment;
  const license = { deployment, manufacturerId: dimo.manufacturerId };

  const block = await chain.provider.getBlock("latest");
  const now = Math.min(block?.timestamp ?? 0, Math.floor(Date.now() / 1000));
  const { chainId } = chain;
  const authority = await issueCertificates({ name: MANUFACTURER, chainId, ...dimo }, now);
  const rootHash = sha256(authority.root.certificate.der);
  await equipBoard(chain, license, { otaSigner: authority.ota.signer.address, rootHash });
  const federation = stack.use(startFederation(chain, folder.path));
  const ledger = stack.use(new Ledger(join(folder.path, "ledger.sqlite")));
  const vendorId = sha256(Buffer.from("FAKE vendor")).slice(0, 16);
  const boardCodeHash = fromHex(keccak256(await chain.provider.getCode(board)));
  const target = {
    chainId,
    board: fromHex(board),
    boardCodeHash,
    vendorId,
    classId: classId(vendorId, HARDWARE_MODEL),
  };
  const { publicKeys: witnesses } = federation;
  const trust = blankTrust(target, { witnessThreshold: THRESHOLD, witnesses, recoveryThreshold: 0, recoveryKeys: [] });
  const line = { chain, license, identity: authority.ota, trust };

  const first = await makeRelease(line, await buildApp(ROOT, "1.0.0"), { sequence: 1, version: "1.0.0" });
  await announce(line, first);
  const flash = factoryImage({ port: "virt", bootloader: await buildBootloader(ROOT), release: first, trust });
  const path = [authority.line.certificate.der, authority.root.certificate.der] as const;
  const clock = (): number => Math.max(Math.floor(Date.now() / 1000), authority.line.certificate.notBefore);
  const station: Station = {
    line: openLine(path, authority.line.signer, ledger, clock()),
    ledger,
    registry: { contract: registry, devices: String(tokens.target) },
    proofs: federation.sources,
    hardwareModel: HARDWARE_MODEL,
    firmwareDigest: manifestDigest(first.manifest),
    trust,
    now: clock,
  };
  const opened = stack.move();
  let chips = 0;
  return {
    ...{ chain, dimo, line, authority, federation, station, folder },
    newChip: () => makeChip(folder.join(`chip-${++chips}`), flash),
    release: async (version, sequence) => {
      const release = await makeRelease(line, await buildApp(ROOT, version), { sequence, version });
      await announce(line, release);
      return release;
    },
    refresh: async () => {
      const contract = contractOf(chain, deployment, "board", "treasury");
      await transact({ contract, method: "refresh", args: [dimo.manufacturerId], event: "LicenseRefreshed" });
    },
    pass: async (seconds) => {
      await chain.provider.send("evm_increaseTime", [seconds]);
      await chain.provider.send("evm_mine", []);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** A chain that runs already, its accounts in the order of the demo's roles. */
async function attach(rpc: string): Promise<DemoChain> {
  const chainId = BigInt(process.env["TOUCHMARK_DIMO_CHAIN_ID"] ?? 31_337);
  const provider = new JsonRpcProvider(rpc, Network.from(chainId), { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = 50; // milliseconds
  const roles = ["admin", "licensor", "hardware", "security", "experience", "treasury", "maker", "announcer"] as const;
  const signers = await Promise.all(roles.map((_, index) => provider.getSigner(index)));
  const accounts = Object.fromEntries(roles.map((role, index) => [role, signers[index]]));
  return { rpc, chainId, provider, accounts } as unknown as DemoChain;
}

async function create(deployer: JsonRpcSigner, name: ContractName, args: readonly unknown[] = []): Promise<string> {
  const { abi, bytecode } = loadArtifact(name);
  const contract = await new ContractFactory(abi, bytecode, deployer).deploy(...args);
  await contract.waitForDeployment();
  return await contract.getAddress();
}

async function standIns({ accounts: { admin, maker, announcer } }: DemoChain): Promise<DimoSide> {
  const at = (name: ContractName, address: string) => new Contract(address, loadArtifact(name).abi, admin);
  const stake = at("DevDimoStake", await create(admin, "DevDimoStake"));
  const credit = at("DevDimoCredit", await create(admin, "DevDimoCredit"));
  const vehicles = at("DevVehicleId", await create(admin, "DevVehicleId"));
  const registry = await create(admin, "DevDimoRegistry", [stake.target, credit.target, vehicles.target]);
  const nodes = at("DevDimoNodes", await create(admin, "DevDimoNodes", [registry]));
  const devices = await create(admin, "DevDimoDevices", [registry]);
  const run = async (contract: Contract, method: string, ...args: unknown[]): Promise<void> => {
    await transact({ contract, method, args });
  };
  await run(at("DevDimoRegistry", registry), "setTokens", nodes.target, devices);
  await run(nodes, "mint", maker.address, STAND_IN_NODE);
  await run(credit, "mint", maker.address, 10_000);
  await run(vehicles, "mint", announcer.address, 1);
  const side = {
    registry,
    manufacturerId: STAND_IN_NODE,
    vehicleId: 1n,
    grant: () => run(stake, "mint", maker.address, 1),
    revoke: () => run(stake, "revoke", 1),
  };
  await side.grant();
  return side;
}

/** The license's admin is the chain's first account. */
function ownContracts({ accounts: { admin, maker } }: DemoChain): DimoSide {
  const variable = (name: string): string => process.env[`TOUCHMARK_DIMO_${name}`] ?? "";
  const registry = new Contract(variable("REGISTRY"), dimoRegistryAbi, admin);
  const abi = [
    ...dimoStakeAbi,
    "function mint(address to)",
    "function revoke(uint256 tokenId)",
    "event LicenseMinted(address indexed user, uint256 tokenId)",
  ];
  const open = async (): Promise<Contract> => new Contract(await read(registry, "getManufacturerLicense"), abi, admin);
  return {
    registry: variable("REGISTRY"),
    manufacturerId: BigInt(variable("MANUFACTURER_ID")),
    vehicleId: BigInt(variable("VEHICLE_ID")),
    grant: async () => {
      await transact({ contract: await open(), method: "mint", args: [maker.address] });
    },
    revoke: async () => {
      const contract = await open();
      const logs = await contract.queryFilter("LicenseMinted", 0);
      const last = logs.at(-1);
      if (last === undefined || !("args" in last)) throw new Error("no license was minted");
      await transact({ contract, method: "revoke", args: [last.args["tokenId"]] });
    },
  };
}
