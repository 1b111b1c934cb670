// SPDX-License-Identifier: Apache-2.0
// Units that come back to the line, and a line that is stolen: real units in QEMU, on a real chain.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { HDNodeWallet, Mnemonic } from "ethers";
import { issueLine } from "../../host/src/authority/authority.ts";
import { publishCrl } from "../../host/src/authority/publish-crl.ts";
import { verifyChain } from "../../host/src/authority/verify-chain.ts";
import { attest } from "../../host/src/cli/device/attest.ts";
import { certificate as certificateVerb } from "../../host/src/cli/device/certificate.ts";
import { genuine } from "../../host/src/cli/device/genuine.ts";
import { terminal } from "../../host/src/cli/io.ts";
import { record as recordVerb } from "../../host/src/cli/station/record.ts";
import { refurbish as refurbishVerb } from "../../host/src/cli/station/refurbish.ts";
import { replace as replaceVerb } from "../../host/src/cli/station/replace.ts";
import { scrap as scrapVerb } from "../../host/src/cli/station/scrap.ts";
import { ROLES, type Role } from "../../host/src/demo/chain.ts";
import { contractOf } from "../../host/src/demo/license.ts";
import { newKeyFile } from "../../host/src/keys/file-signer.ts";
import type { UnitRow } from "../../host/src/ledger/units.ts";
import { withCertificates } from "../../host/src/protocol/attestation.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import type { Crl } from "../../host/src/protocol/crl.ts";
import { encryptKey } from "../../host/src/protocol/encrypted-key.ts";
import { encodePem } from "../../host/src/protocol/pem.ts";
import { encodeSignedRelease } from "../../host/src/protocol/signed-release.ts";
import { TouchmarkBackend } from "../../host/src/registry/backend/touchmark.ts";
import { findDevice } from "../../host/src/registry/register.ts";
import { enterBatch } from "../../host/src/registry/roots/ledger-units.ts";
import type { RootFile } from "../../host/src/registry/roots/root-file.ts";
import { read, transact } from "../../host/src/registry/transaction.ts";
import { unitRecord } from "../../host/src/registry/unit-record.ts";
import { openLine } from "../../host/src/station/line.ts";
import { writeLineFolder } from "../../host/src/station/line-folder.ts";
import { provision } from "../../host/src/station/provision.ts";
import { type Desk, refurbish, replaceBoard, scrap } from "../../host/src/station/repair.ts";
import { judgeGenuine } from "../../host/src/verify/genuine.ts";
import { verifyMinting } from "../../host/src/verify/minting.ts";
import { witnessService } from "../../host/src/witness/service.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { refusal, verdict } from "../support/refusal.ts";
import { runVerb } from "../support/run-verb.ts";
import { Workshop } from "../support/workshop.ts";

const IMEI = "490154203237518";
const DAY = 86_400n;
const PASSPHRASE = "FAKE passphrase of a test";
const LINE_PASSPHRASE = "FAKE passphrase of a line";
const ACCOUNT_PASSPHRASE = "FAKE passphrase of an account";

describe("return and repair", function () {
  this.timeout(180_000);
  let workshop: Workshop;
  let desk: Desk;

  before(async () => {
    process.env["TOUCHMARK_PASSPHRASE"] = PASSPHRASE;
    workshop = await Workshop.open();
    const { ledger, now } = workshop.station;
    const [registry, programme, nodes] = [contractAs("registry"), contractAs("programme"), contractAs("nodes")];
    desk = { ledger, backend: new TouchmarkBackend({ registry, programme, nodes }), now };
  });
  after(async () => {
    delete process.env["TOUCHMARK_PASSPHRASE"];
    await workshop[Symbol.asyncDispose]();
  });

  type Part = Parameters<typeof contractOf>[2];
  const contractAs = (part: Part, who: Parameters<typeof contractOf>[3] = "maker") =>
    contractOf(workshop.world.chain, workshop.world.license.deployment, part, who);
  const make = async (serial: string, imei?: string) => {
    const unit = await PoweredUnit.on(workshop.newChip());
    const order = { serial, ...(imei !== undefined && { imei }) };
    const row = await provision(workshop.station, unit.client, order);
    if (!row) throw new Error("not provisioned");
    return { unit, row };
  };
  /** The ledger as a kill between the unit's mint and its row leaves it. */
  const forget = ({ chipId }: UnitRow): UnitRow => {
    const database = new DatabaseSync(workshop.folder.join("ledger.sqlite"));
    database.prepare("UPDATE units SET state = 'verified', token_id = NULL WHERE chip_id = ?").run(chipId);
    database.close();
    const row = workshop.station.ledger.units.byChip(chipId);
    if (!row || row.tokenId !== undefined) throw new RangeError(chipId);
    return row;
  };
  /** What names the chain, and a role's account by its key file. */
  const accountOf = async (role: Role, passphrase = PASSPHRASE): Promise<string[]> => {
    const [key, chain] = [`${role}.pem`, "chain.json"].map((name) => workshop.folder.join(name));
    if (!key || !chain) throw new RangeError(role);
    // Hardhat's own, public phrase; its accounts are the roles, in order.
    const phrase = Mnemonic.fromPhrase("test test test test test test test test test test test junk");
    const { privateKey } = HDNodeWallet.fromMnemonic(phrase, `m/44'/60'/0'/0/${ROLES.indexOf(role)}`);
    writeFileSync(key, encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(fromHex(privateKey), passphrase)));
    const { chain: node, license } = workshop.world;
    writeFileSync(chain, JSON.stringify({ rpc: node.rpc, chainId: "31337", addresses: license.deployment }));
    return ["--key", key, "--chain", chain];
  };
  /** Words of a station: its line's folder, of which each key has its own passphrase, and the witnesses by HTTP. */
  const stationWords = async (opened: AsyncDisposableStack): Promise<string[]> => {
    const { folder, world, station, first } = workshop;
    const key = await newKeyFile(folder.join("line.key.pem"), LINE_PASSPHRASE);
    const now = Math.floor(Date.now() / 1000);
    const request = { station: "FAKE repair", publicKey: key.signer.publicKey, units: 10, now, days: 1 };
    const certificate = await issueLine(request, world.authority.root);
    await key.write();
    writeLineFolder(folder.path, certificate, world.authority.root.certificate, "line.key.pem");
    const [release, passphrase] = [folder.join("first.release"), folder.join("account.txt")];
    const factory = folder.join("factory.bin");
    writeFileSync(factory, workshop.factory);
    writeFileSync(release, encodeSignedRelease(first));
    writeFileSync(passphrase, `${ACCOUNT_PASSPHRASE}\n`);
    process.env["FAKE_LINE_PASSPHRASE"] = LINE_PASSPHRASE;
    opened.defer(() => void delete process.env["FAKE_LINE_PASSPHRASE"]);
    const urls: string[] = [];
    for (const witness of world.federation.sources.witnesses) {
      const server = opened.adopt(witnessService({ witness, rate: 100 }), (each) => void each.close());
      await once(server.listen(0, "127.0.0.1"), "listening");
      urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
    const report = folder.join("report.txt");
    writeFileSync(report, "FAKE report: passed");
    return [
      ...["--ict", report, "--qa", report],
      ...["--line", folder.path, "--line-passphrase-env", "FAKE_LINE_PASSPHRASE"],
      ...[...(await accountOf("maker", ACCOUNT_PASSPHRASE)), "--passphrase-file", passphrase],
      ...[
        "--release",
        release,
        "--factory",
        factory,
        "--model",
        station.hardwareModel,
        "--rpc",
        world.chain.rpc,
        "--witness",
        ...urls,
      ],
    ];
  };
  const tokenOf = async ({ client }: PoweredUnit) => {
    const { device, line } = await client.certificates();
    return withCertificates(await client.attest(randomBytes(32)), [device, line]);
  };
  const onChain = ({ address }: UnitRow) => {
    const contracts = {
      registry: contractAs("registry"),
      programme: contractAs("programme"),
      nodes: contractAs("nodes"),
    };
    return unitRecord(contracts, workshop.world.license.manufacturerId, address);
  };

  it("replaces a board: the node goes to the new one, the old one is nobody's, the product keeps its numbers", async () => {
    const { station } = workshop;
    const { unit: broken, row: old } = await make("TM1-0001", IMEI);
    await using _ = broken;
    await using board = await PoweredUnit.on(workshop.newChip());
    await board.client.close();
    await using opened = new AsyncDisposableStack();
    const words = [old.serial, board.machine.address, ...(await stationWords(opened))];
    const { json } = await runVerb(replaceVerb, words);
    const row = station.ledger.units.bySerial(old.serial);
    expect(json).to.deep.include({ address: row?.address, tokenId: old.tokenId, oldAddress: old.address });
    expect(row).to.include({ state: "locked", serial: old.serial, imei: IMEI, tokenId: old.tokenId });
    expect(row?.address).not.to.equal(old.address);
    const { registry } = station;
    const { manufacturerId } = workshop.world.license;
    expect((await findDevice(registry, manufacturerId, row?.address ?? ""))?.tokenId).to.equal(old.tokenId);
    expect(await findDevice(registry, manufacturerId, old.address)).to.equal(undefined);

    expect((await refusal(onChain(old))).code).to.equal("UNIT_NOT_REGISTERED");
    expect((await onChain(row ?? old)).tokenId).to.equal(old.tokenId);
    expect(station.ledger.units.byChip(old.chipId)?.state).to.equal("scrapped");
    const back = provision(station, broken.client, { serial: old.serial, imei: IMEI });
    expect((await refusal(back)).code).to.equal("UNIT_RETIRED");
    // Once more is no other outcome.
    expect((await runVerb(replaceVerb, words)).json).to.deep.equal(json);
    const byChip = await runVerb(replaceVerb, [old.chipId, ...words.slice(1)]);
    expect(byChip.json).to.deep.equal(json);
    // Neither key opens with what the environment holds for others.
    const deaf = words.filter((word) => !word.startsWith("--line-passphrase") && word !== "FAKE_LINE_PASSPHRASE");
    expect((await refusal(runVerb(replaceVerb, deaf))).code).to.equal("KEY_LOCKED");
    const mute = words.filter((word) => word !== "--passphrase-file" && !word.endsWith("account.txt"));
    expect((await refusal(runVerb(replaceVerb, mute))).code).to.equal("KEY_LOCKED");
  });

  it("A16 goes on with a replacement that stopped before the node was moved, of a board whose row knows no node", async () => {
    const { station } = workshop;
    const { unit: broken, row: made } = await make("TM1-0002");
    const old = forget(made);
    await broken[Symbol.asyncDispose]();
    await using board = await PoweredUnit.on(workshop.newChip());
    const deaf = { ...station, proofs: { ...station.proofs, witnesses: [] } };
    expect((await refusal(replaceBoard(desk, deaf, board.client, old, {}))).code).to.equal("WITNESSES_DISAGREE");
    expect((await onChain(old)).tokenId).to.equal(made.tokenId);
    const retired = station.ledger.units.byChip(old.chipId) ?? old;
    const { board: row } = await replaceBoard(desk, station, board.client, retired, {});
    expect(row).to.include({ state: "locked", serial: old.serial, tokenId: made.tokenId });
    expect((await refusal(onChain(old))).code).to.equal("UNIT_NOT_REGISTERED");
    // Scrapping the board that was taken out ends nothing of the product.
    await scrap(desk, retired, "broken");
    const { address } = row ?? old;
    expect(station.ledger.events.of(old.chipId).at(-1)).to.deep.include({
      what: "moved",
      data: { tokenId: `${made.tokenId}`, address },
    });
    expect((await onChain(row ?? old)).tokenId).to.equal(made.tokenId);
  });

  it("A4 gives a serial number to a second board only where the first was taken out for it", async () => {
    const { station } = workshop;
    const { unit, row } = await make("TM1-0003");
    // On the wrong cable, a product of its own retires no other.
    const { units, events } = station.ledger;
    const good = units.bySerial("TM1-0001");
    if (!good) throw new Error("replaced above");
    const history = events.of(good.chipId);
    const wrongCable = await refusal(replaceBoard(desk, station, unit.client, good, {}));
    expect(wrongCable).to.deep.include({ code: "LEDGER_CONFLICT" });
    expect(wrongCable.data["differs"]).to.deep.equal(["serial", "imei"]);
    expect(units.byChip(good.chipId)?.state).to.equal("locked");
    expect(events.of(good.chipId)).to.deep.equal(history);
    // What it was certified with stays what it is, once it is locked, too.
    const said = async (order: object, model = station.hardwareModel) => {
      const there = { ...station, hardwareModel: model };
      return (await refusal(provision(there, unit.client, { serial: "TM1-0003", ...order }))).data["differs"];
    };
    expect(await said({ imei: IMEI })).to.deep.equal(["imei"]);
    expect(await said({ tests: [{ test: "qa", passed: true, report: randomBytes(32) }] })).to.deep.equal(["tests"]);
    expect(await said({}, "TM-9")).to.deep.equal(["model"]);
    await unit[Symbol.asyncDispose]();
    await using second = await PoweredUnit.on(workshop.newChip());
    const { chipId } = row;
    const twice = provision(station, second.client, { serial: "TM1-0003", replaces: chipId });
    expect((await refusal(twice)).code).to.equal("SERIAL_TAKEN");
  });

  it("scraps a unit: revoked on chain, refused at the line, its serial number never used again", async () => {
    const { station } = workshop;
    const { unit, row } = await make("TM1-0004");
    await using _ = unit;
    expect((await onChain(row)).tokenId).to.equal(row.tokenId);
    forget(row);
    const words = [
      workshop.folder.join("ledger.sqlite"),
      row.serial,
      "--reason",
      "broken",
      ...(await accountOf("maker")),
    ];
    expect((await runVerb(scrapVerb, words)).json).to.deep.include({ serial: row.serial, state: "scrapped" });
    expect((await refusal(runVerb(scrapVerb, ["absent.sqlite", row.serial, "--key", "none.pem"]))).code).to.equal(
      "FILE_MISSING",
    );
    expect((await refusal(onChain(row))).code).to.equal("UNIT_REVOKED");
    await scrap(desk, row, "broken");
    expect((await refusal(provision(station, unit.client, { serial: "TM1-0004" }))).code).to.equal("UNIT_RETIRED");
    await using other = await PoweredUnit.on(workshop.newChip());
    const scrapped = station.ledger.units.byChip(row.chipId) ?? row;
    expect((await refusal(replaceBoard(desk, station, other.client, scrapped, {}))).code).to.equal("LEDGER_CONFLICT");
    expect((await refusal(provision(station, other.client, { serial: "TM1-0004" }))).code).to.equal("SERIAL_TAKEN");
    // A leaf that can be claimed still would be the product's second node.
    const waiting = await provision(station, other.client, { serial: "TM1-0008" }, { until: "verify" });
    if (!waiting) throw new Error("not certified");
    const file = { batchId: "1", units: [{ address: waiting.address, index: 0 }] } as unknown as RootFile;
    enterBatch(station.ledger, file, station.now());
    const second = await refusal(replaceBoard(desk, station, unit.client, waiting, {}));
    expect(second.code).to.equal("PREFLIGHT");
    expect(second.data["missing"]).to.contain("registry revoke-root");
    expect(station.ledger.units.byChip(waiting.chipId)?.state).to.equal("verified");
  });

  it("refurbishes a unit: ownership alone, and the old claim is worth nothing", async () => {
    const { chain } = workshop.world;
    const { unit, row } = await make("TM1-0005");
    await using _ = unit;
    const owner = chain.accounts.treasury.address;
    const registry = contractAs("registry", "treasury");
    const tokenId = row.tokenId ?? 0n;
    const block = await chain.provider.getBlock("latest");
    const deadline = BigInt(block?.timestamp ?? 0) + DAY;
    const nonce = await read<bigint>(registry, "deviceNonce", tokenId);
    const signed = await unit.client.consent({ kind: "claim", token: tokenId, owner, limits: { nonce, deadline } });
    const claim = {
      contract: registry,
      method: "claimDevice",
      args: [{ tokenId, owner, deadline }, `0x${toHex(signed)}`],
    };
    await transact(claim);
    const unasked = refurbish(desk, row, "maker", false);
    expect((await refusal(unasked)).code).to.equal("PREFLIGHT");
    const unagreed = await refusal(refurbish(desk, row, "maker", true));
    expect(unagreed.code).to.equal("PREFLIGHT");
    expect(unagreed.data["missing"]).to.contain("touchmark registry consent");
    const words = [
      workshop.folder.join("ledger.sqlite"),
      row.chipId,
      "--by",
      "owner",
      ...(await accountOf("treasury")),
    ];
    const { address, serial, state } = row;
    expect((await runVerb(refurbishVerb, words)).json).to.deep.include({ address, serial, state, tokenId });
    expect((await onChain(row)).claimed).to.equal(false);
    // Once more, by the maker, whose it is by now: done already.
    expect(await refurbish(desk, row, "maker", true)).to.include({ address, serial, state, tokenId });
    expect((await refusal(transact(claim))).data).to.have.property("error");
    expect(await unit.client.hello()).to.include({ life: "locked", address: row.address });
  });

  it("B1 of a stolen line counts what was registered before its revocation block, whatever date the thief writes", async () => {
    const { station, world } = workshop;
    const { line } = station;
    const { root } = line;
    const { unit: honest, row } = await make("TM1-0006");
    const token = await tokenOf(honest);
    await honest[Symbol.asyncDispose]();
    const [minted] = await station.registry.contract.queryFilter(
      station.registry.contract.filters["AftermarketDeviceNodeMinted"]?.(null, null, row.address) ?? "*",
    );
    const registeredBlock = BigInt(minted?.blockNumber ?? 0);
    const block = BigInt((await world.chain.provider.getBlockNumber()) + 1);
    // The thief has key, ledger and laptop: a unit certified before the theft is known, by its date.
    await using forged = await PoweredUnit.on(workshop.newChip());
    const stolen = await provision(station, forged.client, { serial: "TM1-0007" }, { until: "verify" });

    const at = station.now();
    const revocation = {
      serialNumber: line.certificate.serialNumber,
      revokedAt: at,
      reason: "keyCompromise",
      block,
    } as const;
    const crl: Crl = await publishCrl(
      { revocations: [revocation], number: 1n, now: at, days: 30 },
      world.authority.root,
    );
    const judge = ({ certificate: leaf }: UnitRow, block?: bigint) =>
      verdict(() =>
        verifyChain("device", [leaf, line.certificate.der, root.der], {
          crl,
          ...(block !== undefined && { registeredBlock: block }),
        }),
      );
    expect(judge(row, registeredBlock)).to.equal("ok");
    if (!stolen) throw new Error("not certified");
    expect(judge(stolen)).to.equal("CERT_REVOKED");
    // Registered now, as nobody but the maker's account can do it, is still too late.
    await provision(station, forged.client, { serial: "TM1-0007" }, { until: "register" });
    const late = BigInt(await world.chain.provider.getBlockNumber());
    expect(late >= block).to.equal(true);
    expect(judge(stolen, late)).to.equal("CERT_REVOKED");
    const minting = station.ledger.mintings.of(stolen.chipId);
    const published = {
      record: minting?.record ?? root.der,
      salt: minting?.salt ?? root.der,
      device: stolen.certificate,
      line: line.certificate.der,
    };
    expect(verdict(() => verifyMinting(published, { root: root.der, crl, registeredBlock: late }))).to.equal(
      "CERT_REVOKED",
    );
    const path = [line.certificate.der, root.der] as const;
    expect(verdict(() => openLine(path, line.signer, station.ledger, at, { crl }))).to.equal("CERT_REVOKED");

    // The officer's folder: a list beside the root is taken unasked. The chain knows since when a unit is registered.
    const inOffice = (name: string) => workshop.folder.join(name);
    const files = { root: inOffice("root.pem"), verify: inOffice("honest.eat"), chain: inOffice("chain.json") };
    writeFileSync(files.root, encodePem("CERTIFICATE", root.der));
    writeFileSync(inOffice("crl.pem"), encodePem("X509 CRL", crl.der));
    writeFileSync(files.verify, token);
    writeFileSync(inOffice("stolen.eat"), await tokenOf(forged));
    const { rpc } = world.chain;
    writeFileSync(files.chain, JSON.stringify({ rpc, chainId: "31337", addresses: world.license.deployment }));
    const attested = (args: object) => attest.handler({ ...files, unfinished: true, ...args }, terminal(true));
    const told = await attested({});
    expect(told.json).to.include({ serial: "TM1-0006", revocationList: 1n });
    expect(told.text)
      .to.match(/^slot +A$/m)
      .and.not.contain("undefined");
    expect((await refusal(attested({ verify: inOffice("stolen.eat") }))).code).to.equal("CERT_REVOKED");
    const offline = { chain: undefined, "registered-block": `${registeredBlock}` };
    expect((await attested(offline)).json).to.include({ serial: "TM1-0006" });
    expect((await refusal(attested({ ...offline, "registered-block": `${block}` }))).code).to.equal("CERT_REVOKED");
    expect((await refusal(attested({ chain: undefined }))).code).to.equal("CERT_REVOKED");

    // Of a minting certificate the chain says it, too: what is wrong with this one then is that its unit had no tests.
    const record = inOffice("honest.minting");
    await runVerb(recordVerb, [inOffice("ledger.sqlite"), row.serial, "--out", record]);
    const words = ["--verify", record, "--root", files.root];
    expect((await refusal(runVerb(certificateVerb, words))).code).to.equal("CERT_REVOKED");
    const withChain = runVerb(certificateVerb, [...words, "--chain", files.chain]);
    expect((await refusal(withChain)).code).to.equal("MINTING_TESTS");

    await forged.client.close();
    const unasked = await judgeGenuine(token, { root: root.der, crl }, at);
    expect(unasked.findings.at(-1)).to.include({ verdict: "FAIL", code: "CERT_REVOKED" });
    expect(unasked.undecided).to.contain(`before block ${block} stay valid: ask the chain`);
    const asked = { port: forged.machine.address, baud: 115_200, root: files.root, chain: files.chain };
    const owner = await genuine.handler(asked, terminal(true));
    expect(owner).to.include({ refused: true });
    expect(owner.json).not.to.have.property("undecided");
    expect(owner.json).to.have.nested.property("findings[0].code", "CERT_REVOKED");
    const stale = await publishCrl({ revocations: [], number: 2n, now: 1_000, days: 1 }, world.authority.root);
    writeFileSync(inOffice("stale.pem"), encodePem("X509 CRL", stale.der));
    expect((await refusal(attested({ crl: inOffice("stale.pem") }))).code).to.equal("CRL_STALE");
  });
});
