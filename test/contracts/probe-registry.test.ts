// SPDX-License-Identifier: Apache-2.0
// DIMO's registry lets calls succeed that it does not know: what is no registry is told before anything is sent to it.
import { expect } from "chai";
import { Contract, type JsonRpcProvider } from "ethers";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { dimoRegistryAbi } from "../../host/src/registry/backend/dimo-abi.ts";
import { discoverTokens } from "../../host/src/registry/backend/discover.ts";
import { probeRegistry } from "../../host/src/registry/backend/probe.ts";
import { staticProvider } from "../../host/src/registry/key-account.ts";
import { type RpcBridge, rpcBridge } from "../support/rpc-bridge.ts";
import { chain } from "./support/batch-run.ts";
import { ethers } from "./support/chain.ts";

describe("a contract that is to be DIMO's registry", () => {
  let bridge: RpcBridge;
  let provider: JsonRpcProvider;
  before(async () => {
    bridge = await rpcBridge(chain);
    provider = staticProvider(bridge.url, 31_337n);
  });
  after(async () => {
    provider.destroy();
    await bridge[Symbol.asyncDispose]();
  });

  const outcome = async (run: Promise<unknown>): Promise<unknown> =>
    await run.then(
      () => "is one",
      (error: unknown) => (isTouchmarkError(error) ? [error.code, error.data["method"] ?? error.data["event"]] : error),
    );
  const registryAt = (address: unknown): Contract => new Contract(String(address), dimoRegistryAbi, provider);

  it("is none where nothing answers", async () => {
    const nobody = registryAt(`0x${"11".repeat(20)}`);
    expect(await outcome(probeRegistry(nobody))).to.deep.equal(["CONTRACT_SILENT", undefined]);
  });

  it("is none where every call succeeds with nothing to say", async () => {
    const { target } = await ethers.deployContract("HostileSource");
    expect(await outcome(probeRegistry(registryAt(target)))).to.deep.equal(["CONTRACT_SILENT", undefined]);
  });

  it("is none where every call has an answer, also those that must not go through", async () => {
    const yes = await ethers.deployContract("HostileSource");
    const words = `0x${"20".padStart(64, "0")}${"00".repeat(32)}`;
    await yes.getFunction("set")(words, false, false);
    const told = await outcome(probeRegistry(registryAt(yes.target)));
    expect(told).to.be.an("array").with.property("0", "CONTRACT_SILENT");
  });

  it("is none whose tokens name another registry, or that names none", async () => {
    const [stake, credit, vehicles] = await Promise.all(
      ["DevDimoStake", "DevDimoCredit", "DevVehicleId"].map((name) => ethers.deployContract(name)),
    );
    const parts = [stake?.target, credit?.target, vehicles?.target];
    const [one, other] = [
      await ethers.deployContract("DevDimoRegistry", parts),
      await ethers.deployContract("DevDimoRegistry", parts),
    ];
    expect(await outcome(discoverTokens(registryAt(one.target)))).to.deep.equal([
      "CONTRACT_SILENT",
      "ManufacturerIdProxySet",
    ]);
    const [nodes, devices] = [
      await ethers.deployContract("DevDimoNodes", [one.target]),
      await ethers.deployContract("DevDimoDevices", [one.target]),
    ];
    for (const registry of [one, other]) await registry.getFunction("setTokens")(nodes.target, devices.target);
    expect(await outcome(probeRegistry(registryAt(one.target)))).to.equal("is one");
    expect(await outcome(discoverTokens(registryAt(one.target)))).to.equal("is one");
    expect(await outcome(discoverTokens(registryAt(other.target)))).to.deep.equal(["CONTRACT_SILENT", undefined]);
  });
});
