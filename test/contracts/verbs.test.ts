// SPDX-License-Identifier: Apache-2.0
// Every function that changes state, reached by the command line: a node, encrypted keys, the words as they are typed.
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { getAddress, Transaction } from "ethers";
import { groups } from "../../host/src/cli/commands.ts";
import type { Result } from "../../host/src/cli/verb.ts";
import { TouchmarkError } from "../../host/src/errors.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { type RpcBridge, rpcBridge } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { ethers, rolledBack } from "./support/chain.ts";
import { device } from "./support/devices.ts";
import { writeKeyFile } from "./support/key-file.ts";
import { prepare, roleScene, type Scene, writingFunctions } from "./support/role-matrix.ts";
import { runVerb } from "./support/run-verb.ts";
import { LINES, OTHERWISE } from "./support/verb-lines.ts";
import type { Account, Part } from "./support/world.ts";

const PASSPHRASE = "FAKE passphrase of a test";
const GROUPS = ["license", "role", "node", "board", "registry"];
const PARTS: readonly Part[] = ["roles", "nodes", "programme", "board", "registry"];

describe("the command line", function () {
  this.timeout(120_000);
  let scene: Scene;
  let bridge: RpcBridge;
  let sent: string[] = [];
  const folder = new TemporaryFolder();

  before(async () => {
    scene = await roleScene();
    bridge = await rpcBridge((method, params) => {
      if (method === "eth_sendRawTransaction") sent.push(named(scene, Transaction.from(String(params[0]))));
      return ethers.provider.send(method, params);
    });
    const addresses = scene.world.deployment;
    writeFileSync(folder.join("chain.json"), JSON.stringify({ rpc: bridge.url, chainId: 31_337, addresses }));
    writeFileSync(folder.join("root.pem"), encodePem("CERTIFICATE", Uint8Array.of(0x30, 0)));
    const keys = new Set([...Object.values(LINES).map((line) => line(scene).by), ...REFUSALS.map(([by]) => by)]);
    await Promise.all([...keys].map((account) => writeKeyFile(folder.join(`${account}.pem`), account, PASSPHRASE)));
    sent = [];
  });

  after(async () => {
    await bridge[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  function touchmark(by: Account, ...words: readonly string[]): Promise<Result> {
    const common = ["--chain", folder.join("chain.json"), "--key", folder.join(`${by}.pem`)];
    const given = words.map((word) => (word === "root.pem" ? folder.join(word) : word));
    return runVerb([...given, ...common], { passphrase: async () => PASSPHRASE });
  }

  it("says for every function that changes state which verb reaches it", () => {
    const ours = writingFunctions(scene.world);
    expect([...Object.keys(LINES), ...Object.keys(OTHERWISE)].toSorted()).to.deep.equal(ours.toSorted());
  });

  it("has no verb that reaches another's function", () => {
    const sending = groups
      .filter(({ name }) => GROUPS.includes(name))
      .flatMap(({ name, verbs }) => verbs.map((verb) => ({ name, verb })));
    const lined = new Set(Object.values(LINES).map((line) => line(scene).words.slice(0, 2).join(" ")));
    const reading = ["license show", "license status", "license watch", "license evidence"];
    const apart = new Set([
      ...reading,
      ...["registry status", "registry show", "registry check"],
      ...["registry deploy", "registry deploy-board", "registry approve"], // make the contracts; of DIMO's registry alone
      ...Object.values(OTHERWISE).flatMap((how) => how.match(/\b(registry|release) [a-z-]+/g) ?? []),
    ]);
    const others = sending
      .map(({ name, verb }) => `${name} ${verb.command.split(" ")[0]}`)
      .filter((name) => !lined.has(name) && !apart.has(name));
    expect(others).to.deep.equal([]);
  });

  it("names a verb that there is for every function that it reaches otherwise", () => {
    const there = new Set(
      groups.flatMap(({ name, verbs }) => verbs.map(({ command }) => `${name} ${command.split(" ")[0]}`)),
    );
    for (const [path, how] of Object.entries(OTHERWISE))
      expect(how, path).to.satisfy(
        (text: string) => text.startsWith("none: ") || there.has(/^[a-z]+ [a-z-]+/.exec(text)?.[0] ?? ""),
      );
  });

  for (const [path, line] of Object.entries(LINES)) {
    it(`reaches ${path}`, async () => {
      await rolledBack(async () => {
        await prepare(path, scene);
        const { by, words } = line(scene);
        sent = [];
        const { refused, json } = await touchmark(by, ...words);
        expect(refused ?? false).to.equal(false);
        expect(json).to.be.an("object");
        expect(sent.filter((name) => name !== "token.approve")).to.deep.equal([path]);
      });
    });
  }

  const attribute = (pair: string) => ["registry", "attribute", device(1).address, pair];
  const REFUSALS: readonly [by: Account, words: (scene: Scene) => string[], error: string, args: number][] = [
    ["stranger", ({ id }) => ["license", "renew", `${id}`, "--until", "2099-01-01"], "NotLicensor", 1],
    ["licensor", ({ id }) => ["license", "renew", `${id}`, "--until", "2099-01-01"], "RenewalNotRequested", 1],
    ["maker", ({ id }) => ["license", "unstake", `${id}`], "StakeNotFree", 3],
    ["licensor", ({ id }) => ["license", "quota", `${id}`, "1"], "QuotaNotRaised", 2],
    ["stranger", () => ["role", "grant", "licensor", ethers.ZeroAddress], "AccessControlUnauthorizedAccount", 2],
    ["stranger", ({ id }) => ["board", "signer", `${id}`, "--cancel"], "NotNodeOwner", 2],
    ["admin", ({ id }) => ["node", "reclaim", `${id}`], "NotReclaimable", 2],
    ["stranger", () => attribute("HardwareRevision=B"), "Unauthorized", 1],
    ["rival", () => attribute("HardwareRevision=B"), "Unauthorized", 1],
    ["maker", () => attribute("Serial=TM1-2"), "AttributeFixed", 1],
    ["maker", () => attribute("Color=red"), "AttributeNotWhitelisted", 1],
    ["maker", () => ["registry", "list-attribute", "Color"], "NotAdmin", 1],
    ["admin", () => ["registry", "list-attribute", "Serial", "--fixed"], "AttributeExists", 1],
  ];
  for (const [by, words, error, count] of REFUSALS) {
    it(`says ${error} with its arguments to ${by}, and sends nothing`, async () => {
      sent = [];
      const refusal = await touchmark(by, ...words(scene)).then(
        () => undefined,
        (reason: unknown) => reason as TouchmarkError,
      );
      expect(refusal).to.be.instanceOf(TouchmarkError);
      expect(refusal?.code).to.equal("TRANSACTION_REVERTED");
      expect(refusal?.data["error"]).to.equal(error);
      expect(refusal?.data["args"]).to.have.length(count);
      expect(sent).to.deep.equal([]);
    });
  }

  it("sets each attribute once a call, as registering would take it", async () => {
    const one = device(1).address;
    for (const pairs of [["HardwareRevision="], ["HardwareRevision=B", "HardwareRevision=C"], ["DefinitionURI=x"]]) {
      const refusal = await touchmark("maker", "registry", "attribute", one, ...pairs).catch(
        (reason: unknown) => reason,
      );
      expect((refusal as TouchmarkError).code).to.equal("USAGE");
    }
    await rolledBack(async () => {
      const { json } = await touchmark(
        "maker",
        "registry",
        "attribute",
        one,
        "HardwareRevision=B",
        "DefinitionURI=a:b",
      );
      expect(json).to.deep.include({ HardwareRevision: "B", DefinitionURI: "a:b" });
      await touchmark("admin", "registry", "list-attribute", "Color");
      expect((await touchmark("maker", "registry", "attribute", one, "Color=red")).json).to.include({ Color: "red" });
      const shown = await runVerb([
        "registry",
        "show",
        one,
        "--attribute",
        "Color",
        "--chain",
        folder.join("chain.json"),
      ]);
      expect(shown.json).to.include({ Color: "red" });
      const empty: unknown = await touchmark("maker", "registry", "attribute", one, "Color=").catch(
        (why: unknown) => why,
      );
      expect((empty as TouchmarkError).data).to.include({ attribute: "Color", expected: "a Color" });
    });
  });

  it("does not publish the memorandum in force as another version", async () => {
    const [, document] = await scene.world.read<[bigint, string]>("programme.mou");
    const refused: unknown = await touchmark("licensor", "license", "mou", document).catch((why: unknown) => why);
    expect((refused as TouchmarkError).code).to.equal("PREFLIGHT");
  });

  it("pays a top-up by permit, in one transaction", async () => {
    await rolledBack(async () => {
      await prepare("programme.topUp", scene);
      await scene.world.send("maker", "token.approve", scene.world.deployment.programme, 0);
      sent = [];
      await touchmark("maker", "license", "stake", `${scene.id}`, "0.000000000000000001");
      expect(sent).to.deep.equal(["programme.topUp"]);
    });
  });

  it("does not stake more than the limit, nor sign another document", async () => {
    const newcomer = `${scene.newcomerId}`;
    for (const option of [
      ["--at-most", "99999.9"],
      ["--mou", ethers.id("another document")],
    ]) {
      sent = [];
      const refusal = await touchmark("owner", "license", "apply", newcomer, "--yes", ...option).catch(
        (reason: unknown) => reason,
      );
      expect((refusal as TouchmarkError).code).to.equal("PREFLIGHT");
      expect(sent).to.deep.equal([]);
    }
  });
});

/** "programme.grant": which function of which contract a transaction calls. */
function named({ world }: Scene, { to, data }: Transaction): string {
  for (const part of [...PARTS, "token"] as const) {
    if (getAddress(world.deployment[part]) !== to) continue;
    const { interface: abi } = world.contract(part);
    const call = abi.parseTransaction({ data });
    if (call === null) return `${part}.?`;
    const overloaded = abi.fragments.filter(
      (each) => "name" in each && each.name === call.name && each.type === "function",
    );
    return `${part}.${overloaded.length > 1 ? call.signature : call.name}`;
  }
  return `${to}.?`;
}
