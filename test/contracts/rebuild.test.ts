// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { LogDescription } from "ethers";
import { enums } from "../../host/src/protocol/generated.ts";
import { DAY, ethers, pass } from "./support/chain.ts";
import { claimed, device, dimoPair, mint, tokenOf } from "./support/devices.ts";
import {
  allowed,
  applyFor,
  EVIDENCE,
  fund,
  handNode,
  licensedWorld,
  MODEL,
  passAudits,
  YEAR,
} from "./support/steps.ts";
import type { Part, World } from "./support/world.ts";

const VEHICLE = 77n;

/** A history that touches every kind of state. */
async function history(): Promise<{ world: World; id: bigint; rivalId: bigint }> {
  const { world, id, expiry } = await licensedWorld();
  const rivalId = await handNode(world, "Rival Works", "rival");
  await world.send("admin", "nodes.renameManufacturer", id, "Acme Mobility");
  await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), expiry);
  await mint(world, "maker", id, 1, 4);
  await claimed(world, id, 4, "owner");
  await claimed(world, id, 5, "owner");
  await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
  const pairing = await dimoPair(world, device(4), VEHICLE);
  await world.send("owner", "registry.pairAftermarketDeviceWithAdSig", tokenOf(device(4)), VEHICLE, pairing);
  await world.send("owner", "registry.returnDevice", tokenOf(device(5)));
  await world.send("maker", "registry.revokeDevice", tokenOf(device(1)), EVIDENCE);
  const reset = [{ aftermarketDeviceNodeId: tokenOf(device(2)), deviceAddress: device(20).address }];
  await world.send("maker", "registry.resetAftermarketDeviceAddressByManufacturerBatch", reset);
  const batch = { id, batchId: 1, model: MODEL, count: 300, root: EVIDENCE };
  await world.send("maker", "registry.commitBatch", batch);
  await world.send("maker", "registry.revokeBatchUnit", batch, 299, EVIDENCE);

  await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
  await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), true);
  await world.send("announcer", "board.announce", id, ethers.id("1"), 3);
  await world.send("maker", "board.announce", id, ethers.id("2"), 4);
  await world.send("maker", "board.withdraw", id, ethers.id("1"));
  await world.send("maker", "board.raiseMinSecurityVersion", id, 4, ethers.id("2"));
  await world.send("maker", "board.proposeRoot", id, ethers.id("root"));

  const slash = { id, staker: world.address("maker"), amount: 5n, reason: 1, evidence: EVIDENCE };
  await world.send("licensor", "programme.proposeSlash", slash);
  await pass(14 * DAY);
  await world.send("stranger", "programme.executeSlash", id);
  await fund(world, "maker", 9n);
  await world.send("maker", "programme.topUp", id, allowed(9n));
  await world.send("maker", "programme.extendSupport", id, expiry + YEAR);
  await world.send("licensor", "programme.raiseQuota", id, 5000);
  await world.send("maker", "programme.requestRenewal", id);
  await passAudits(world, id, expiry + YEAR);
  await world.send("licensor", "programme.renew", id, expiry + YEAR);
  await world.send("licensor", "programme.suspend", id, 3, EVIDENCE);

  await world.send("licensor", "programme.proposeSlash", slash);
  await world.send("maker", "programme.contestSlash", id, EVIDENCE);
  await world.send("maker", "board.proposeOtaSigner", id, world.address("treasury"));
  await world.send("maker", "board.proposeRoot", id, ethers.id("next root"));
  await world.send("maker", "board.setAnnouncer", id, world.address("line"), true);
  await world.send("maker", "board.setAnnouncer", id, world.address("announcer"), false);

  await applyFor(world, rivalId, "rival");
  await world.send("licensor", "programme.refuse", rivalId, EVIDENCE);
  await world.send("rival", "programme.extendSupport", rivalId, expiry);
  await world.send("admin", "nodes.setController", world.address("stranger"));
  await world.send("rival", "nodes.transferFrom", world.address("rival"), world.address("stranger"), rivalId);
  await applyFor(world, rivalId, "stranger");
  await world.send("licensor", "programme.publishMou", ethers.id("MOU, second edition"));
  await world.send("admin", "programme.setMinStakeAmount", 7n);
  await world.send("admin", "roles.setTreasury", world.address("stranger"));
  await world.send(
    "admin",
    "roles.revokeRole",
    await world.read("roles.auditorRole", 1),
    world.address("securityAuditor"),
  );
  await world.send("admin", "registry.addFixedAttribute", "ICCID");
  return { world, id, rivalId };
}

describe("all state is rebuilt from events", () => {
  let world: World;
  let id: bigint;
  let rivalId: bigint;

  const events = async (part: Part): Promise<LogDescription[]> => {
    const contract = world.contract(part);
    const logs = await ethers.provider.getLogs({ address: world.deployment[part], fromBlock: 0 });
    return logs.flatMap((log) => contract.interface.parseLog(log) ?? []);
  };
  const replay = async (part: Part, handlers: Record<string, (args: Record<string, unknown>) => void>) => {
    for (const event of await events(part)) handlers[event.name]?.(event.args.toObject());
  };

  before(async () => {
    ({ world, id, rivalId } = await history());
  });

  it("names, owners, versions and controllers of nodes", async () => {
    const names = new Map<unknown, unknown>();
    const owners = new Map<unknown, unknown>();
    const versions = new Map<unknown, number>();
    const controllers = new Set<unknown>();
    const privileges: Record<string, unknown>[] = [];
    await replay("nodes", {
      ManufacturerNodeMinted: ({ name, tokenId }) => names.set(tokenId, name),
      ManufacturerRenamed: ({ newName, tokenId }) => names.set(tokenId, newName),
      Transfer: ({ from, to, tokenId }) => {
        owners.set(tokenId, to);
        if (from !== ethers.ZeroAddress) versions.set(tokenId, (versions.get(tokenId) ?? 0) + 1);
      },
      ControllerSet: ({ controller }) => controllers.add(controller),
      ControllerRemoved: ({ controller }) => controllers.delete(controller),
      PrivilegeSet: (args) => privileges.push(args),
    });
    expect(names.size).to.equal(2);
    for (const [node, name] of names) {
      expect(await world.read("nodes.getManufacturerNameById", node)).to.equal(name);
      expect(await world.read("nodes.ownerOf", node)).to.equal(owners.get(node));
      expect(await world.read("nodes.tokenIdToVersion", node)).to.equal(BigInt(versions.get(node) ?? 0));
    }
    for (const controller of controllers) expect(await world.read("nodes.isController", controller)).to.equal(true);
    for (const { tokenId, privId, user, expires } of privileges)
      expect(await world.read("nodes.privilegeExpiresAt", tokenId, privId, user)).to.equal(expires);
  });

  it("the licenses, of a node that changed hands, too", async () => {
    const { none, applied, active, suspended, refused } = enums.life;
    const fresh = { expiry: 0n, resumesTo: none, renewalRequested: false, cureUntil: 0n };
    for (const node of [id, rivalId]) {
      const rebuilt: Record<string, unknown> = { quota: 0n, supportUntil: 0n, formerSupportUntil: 0n };
      const set = (values: Record<string, unknown>) => Object.assign(rebuilt, values);
      const handlers: Record<string, (args: Record<string, unknown>) => unknown> = {
        Applied: ({ applicant, application, requiredStake }) => {
          const succeeds = rebuilt.licensee !== undefined && rebuilt.licensee !== applicant;
          if (succeeds) set({ formerSupportUntil: rebuilt.supportUntil, supportUntil: 0n });
          set({ ...fresh, licensee: applicant, application, requiredStake, life: applied });
        },
        Granted: ({ expiry, quota }) => set({ expiry, quota, life: active }),
        Refused: () => set({ life: refused }),
        Renewed: ({ expiry, requiredStake }) => set({ expiry, requiredStake, renewalRequested: false }),
        RenewalRequested: () => set({ renewalRequested: true }),
        QuotaRaised: ({ quota }) => set({ quota }),
        SupportExtended: ({ until }) => set({ supportUntil: until }),
        Suspended: ({ cureUntil }) => set({ resumesTo: rebuilt.life, life: suspended, cureUntil }),
        Reinstated: ({ life }) => set({ life: Number(life), resumesTo: none, cureUntil: 0n }),
      };
      for (const event of await events("programme"))
        if (event.args.toObject()["id"] === node) handlers[event.name]?.(event.args.toObject());
      const stored = await world.read<{ toObject(): Record<string, unknown> }>("programme.licenseOf", node);
      const expected = Object.fromEntries(
        Object.entries(stored.toObject()).map(([name, value]) => [
          name,
          name === "life" || name === "resumesTo" ? Number(value) : value,
        ]),
      );
      expect(rebuilt).to.deep.equal(expected);
      expect(rebuilt.supportUntil === 0n, "of the node that changed hands").to.equal(node === rivalId);
    }
  });

  it("stakes, to the token unit, when each is free, and the minimum", async () => {
    // One node a staker here.
    const nodes = new Map<unknown, unknown>();
    const stakes = new Map<unknown, bigint>();
    const free = new Map<unknown, unknown>();
    let minimum: unknown;
    await replay("programme", {
      StakeDeposited: ({ id: node, staker, balance }) =>
        nodes.set(staker, node) && stakes.set(staker, balance as bigint),
      SlashExecuted: ({ staker, amount }) => stakes.set(staker, (stakes.get(staker) ?? 0n) - (amount as bigint)),
      StakeReleased: ({ staker, freeAt }) => free.set(staker, freeAt),
      StakeLocked: ({ staker }) => free.delete(staker),
      StakeWithdrawn: ({ staker }) => stakes.delete(staker),
      MinStakeChanged: ({ amount }) => {
        minimum = amount;
      },
    });
    expect(stakes.size).to.equal(3);
    expect(free.size).to.equal(1);
    for (const [staker, amount] of stakes) {
      expect(await world.read("programme.stakeOf", nodes.get(staker), staker)).to.equal(amount);
      expect(await world.read("programme.stakeFreeAt", nodes.get(staker), staker)).to.equal(free.get(staker) ?? 0n);
    }
    expect(await world.read("programme.minStakeAmount")).to.equal(minimum);
    const sum = [...stakes.values()].reduce((total, amount) => total + amount, 0n);
    expect(await world.read("token.balanceOf", world.deployment.programme)).to.equal(sum);
  });

  it("the last slash", async () => {
    const { proposed, contested, upheld, executed, closed } = enums.slashState;
    let rebuilt: Record<string, unknown> = {};
    const state = (to: number) => () => void (rebuilt["state"] = BigInt(to));
    await replay("programme", {
      SlashProposed: ({ staker, amount, reason, evidence, executableAt }) => {
        rebuilt = { staker, amount, reason, evidence, executableAt, state: BigInt(proposed) };
      },
      SlashContested: state(contested),
      SlashUpheld: state(upheld),
      SlashExecuted: state(executed),
      SlashClosed: state(closed),
    });
    const stored = await world.read<{ toObject(): Record<string, unknown> }>("programme.slashOf", id);
    const { proposer, ...expected } = stored.toObject();
    expect(rebuilt).to.deep.equal(expected);
    expect(proposer).to.equal(world.address("licensor")); // the sender of the transaction
  });

  it("roles and the treasury", async () => {
    const held = new Set<string>();
    let treasury: unknown;
    await replay("roles", {
      RoleGranted: ({ role, account }) => held.add(`${String(role)} ${String(account)}`),
      RoleRevoked: ({ role, account }) => held.delete(`${String(role)} ${String(account)}`),
      TreasuryChanged: (args) => {
        treasury = args["treasury"];
      },
    });
    expect(held.size).to.equal(4);
    for (const entry of held) expect(await world.read("roles.hasRole", ...entry.split(" "))).to.equal(true);
    expect(await world.read("roles.treasury")).to.equal(treasury);
  });

  it("announcers, and changes of signer and root that wait", async () => {
    const announcers = new Map<unknown, unknown>();
    let signer: unknown[] = [];
    let root: unknown[] = [];
    await replay("board", {
      AnnouncerSet: ({ announcer, allowed: may }) => announcers.set(announcer, may),
      OtaSignerProposed: ({ otaSigner, effectiveAt }) => {
        signer = [otaSigner, effectiveAt];
      },
      RootProposed: ({ rootHashPrefix, effectiveAt }) => {
        root = [rootHashPrefix, effectiveAt];
      },
    });
    expect(announcers.size).to.equal(2);
    for (const [account, may] of announcers) expect(await world.read("board.isAnnouncer", id, account)).to.equal(may);
    expect([...(await world.read<Iterable<unknown>>("board.pendingOtaSigner", id))]).to.deep.equal(signer);
    expect([...(await world.read<Iterable<unknown>>("board.pendingRoot", id))]).to.deep.equal(root);
  });

  it("audits, models and the MOU", async () => {
    const audits = new Map<unknown, unknown[]>();
    const models = new Map<unknown, unknown>();
    const mou: unknown[] = [];
    const signed = new Map<unknown, unknown>();
    await replay("programme", {
      MouSigned: ({ id: node, version }) => signed.set(node, version),
      AuditRecorded: ({ kind, auditor, validUntil, passed, evidence }) =>
        audits.set(kind, [auditor, validUntil, passed, evidence]),
      ModelCertified: ({ model, validUntil }) => models.set(model, validUntil),
      ModelWithdrawn: ({ model }) => models.set(model, 0n),
      MouPublished: ({ version, documentHash }) => mou.splice(0, 2, version, documentHash),
    });
    expect(audits.size).to.equal(3);
    for (const [kind, audit] of audits)
      expect([...(await world.read<Iterable<unknown>>("programme.auditOf", id, kind))]).to.deep.equal(audit);
    for (const [model, until] of models)
      expect(await world.read("programme.modelValidUntil", id, model)).to.equal(until);
    expect([...(await world.read<Iterable<unknown>>("programme.mou"))]).to.deep.equal(mou);
    expect(signed.size).to.equal(2);
    for (const [node, version] of signed)
      expect(await world.read("programme.mouSignedVersion", node)).to.equal(version);
  });

  it("words of the board", async () => {
    let license = { status: 0n, expiry: 0n, otaSigner: 0n, minimum: 0n };
    let root = 0n;
    const releases = new Map<unknown, bigint>();
    const { interface: abi } = world.contract("board");
    const logs = await ethers.provider.getLogs({ address: world.deployment.board, fromBlock: 0 });
    for (const log of logs) {
      const event = abi.parseLog(log);
      const args: Record<string, unknown> = event?.args.toObject() ?? {};
      const number = (name: string) => BigInt(args[name] as bigint | string);
      if (args.id !== id) continue;
      if (event?.name === "LicenseRefreshed")
        license = { ...license, status: number("status"), expiry: number("expiry") };
      if (event?.name === "OtaSignerChanged") license.otaSigner = number("otaSigner");
      if (event?.name === "MinSecurityVersionRaised") license.minimum = number("minSecurityVersion");
      if (event?.name === "RootChanged") root = (1n << 248n) | number("rootHashPrefix");
      if (event?.name === "ReleaseAnnounced")
        releases.set(
          args.digest,
          (1n << 248n) |
            (1n << 240n) |
            (number("securityVersion") << 208n) |
            (BigInt(log.blockNumber) << 160n) |
            number("announcer"),
        );
      if (event?.name === "ReleaseWithdrawn")
        releases.set(args.digest, (releases.get(args.digest) ?? 0n) + (1n << 240n));
    }
    const word =
      (1n << 248n) |
      (license.status << 240n) |
      (license.minimum << 208n) |
      (license.expiry << 160n) |
      license.otaSigner;
    expect(await world.read("board.license", id)).to.equal(word);
    expect(await world.read("board.root", id)).to.equal(root);
    expect(releases.size).to.equal(2);
    for (const [digest, release] of releases) expect(await world.read("board.release", id, digest)).to.equal(release);
  });

  it("units: owner, parent, address, state, vehicle and attributes; batches; models; the quota's count", async () => {
    interface Unit {
      owner: unknown;
      parent: unknown;
      address: unknown;
      claimed: boolean;
      revoked: boolean;
      vehicle: unknown;
      infos: Map<unknown, unknown>;
    }
    const units = new Map<unknown, Unit>();
    const unit = (tokenId: unknown): Unit => {
      const known = units.get(tokenId) ?? {
        owner: "",
        parent: 0n,
        address: "",
        claimed: false,
        revoked: false,
        vehicle: 0n,
        infos: new Map(),
      };
      units.set(tokenId, known);
      return known;
    };
    const batches = new Map<unknown, string>();
    const taken = new Set<string>();
    const models = new Map<unknown, unknown>();
    const attributes: unknown[] = [];
    let total: unknown = 0n;
    await replay("registry", {
      MintModelSet: ({ id: node, model }) => models.set(node, model),
      FixedAttributeAdded: ({ attribute }) => attributes.push(attribute),
      AftermarketDeviceAttributeAdded: ({ attribute }) => attributes.push(attribute),
      Transfer: ({ to, tokenId }) => Object.assign(unit(tokenId), { owner: to }),
      AftermarketDeviceNodeMinted: ({ tokenId, manufacturerId, aftermarketDeviceAddress }) =>
        Object.assign(unit(tokenId), { parent: manufacturerId, address: aftermarketDeviceAddress }),
      AftermarketDeviceAddressReset: ({ tokenId, aftermarketDeviceAddress }) =>
        Object.assign(unit(tokenId), { address: aftermarketDeviceAddress }),
      AftermarketDeviceClaimed: ({ aftermarketDeviceNode }) =>
        Object.assign(unit(aftermarketDeviceNode), { claimed: true }),
      AftermarketDeviceUnclaimed: ({ aftermarketDeviceNode }) =>
        Object.assign(unit(aftermarketDeviceNode), { claimed: false }),
      AftermarketDevicePaired: ({ aftermarketDeviceNode, vehicleNode }) =>
        Object.assign(unit(aftermarketDeviceNode), { vehicle: vehicleNode }),
      AftermarketDeviceAttributeSet: ({ tokenId, attribute, info }) => unit(tokenId).infos.set(attribute, info),
      DeviceRevoked: ({ tokenId }) => Object.assign(unit(tokenId), { revoked: true, claimed: false }),
      BatchCommitted: ({ batchId, model, count, root }) => {
        const fields = ethers.AbiCoder.defaultAbiCoder().encode(["bytes32", "uint32", "bytes32"], [model, count, root]);
        batches.set(batchId, ethers.keccak256(fields));
        total = (total as bigint) + (count as bigint);
      },
      BatchUnitRevoked: ({ batchId, index }) => taken.add(`${String(batchId)}/${String(index)}`),
      UnitsRegistered: ({ count }) => {
        total = (total as bigint) + (count as bigint);
      },
    });
    const { registry } = world.deployment;
    expect(units.size).to.equal(5);
    for (const [tokenId, known] of units) {
      expect(await world.read("registry.ownerOf", tokenId)).to.equal(known.owner);
      expect(await world.read("registry.getParentNode", registry, tokenId)).to.equal(known.parent);
      expect(await world.read("registry.getAftermarketDeviceAddressById", tokenId)).to.equal(known.address);
      expect(await world.read("registry.isAftermarketDeviceClaimed", tokenId)).to.equal(known.claimed);
      expect(await world.read("registry.isDeviceRevoked", tokenId)).to.equal(known.revoked);
      expect(await world.read("registry.getLink", registry, tokenId)).to.equal(known.vehicle);
      for (const [attribute, info] of known.infos)
        expect(await world.read("registry.getInfo", registry, tokenId, attribute)).to.equal(info);
    }
    for (const [batchId, commitment] of batches)
      expect(await world.read("registry.batchCommitment", id, batchId)).to.equal(commitment);
    for (const key of taken) {
      const [batchId, index] = key.split("/");
      expect(await world.read("registry.isBatchUnitTaken", id, batchId, index)).to.equal(true);
    }
    expect(await world.read("registry.unitsRegistered", id)).to.equal(total);
    for (const [node, model] of models) expect(await world.read("registry.mintModel", node)).to.equal(model);
    expect(attributes).to.deep.equal(["Serial", "IMEI", "DevEUI", "DefinitionURI", "HardwareRevision", "ICCID"]);
    for (const attribute of attributes)
      await world.refuses("admin", "registry.addFixedAttribute", [attribute], "AttributeExists", [attribute]);
  });
});
