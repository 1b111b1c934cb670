// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { Transaction } from "ethers";
import { isTouchmarkError, type TouchmarkError } from "../../host/src/errors.ts";
import type { BatchTerms } from "../../host/src/registry/batch/client.ts";
import { BatchJournal } from "../../host/src/registry/batch/journal.ts";
import { preflight } from "../../host/src/registry/batch/preflight.ts";
import { type BatchReport, registerBatch } from "../../host/src/registry/batch/register-batch.ts";
import type { RegistrableUnit } from "../../host/src/registry/register.ts";
import { Dropped } from "../support/rpc-bridge.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";
import { chain, lively, type Send, unit, units, withClient } from "./support/batch-run.ts";
import { rollBackAfterEach } from "./support/chain.ts";
import { mint } from "./support/devices.ts";
import { licensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

interface Options {
  readonly send?: Send;
  readonly terms?: Partial<BatchTerms>;
}

describe("registering a batch", () => {
  let world: World;
  let id: bigint;
  let folder: TemporaryFolder;
  let journals = 0;
  let journal: string;

  before(async () => {
    ({ world, id } = await licensedWorld());
    folder = new TemporaryFolder();
  });
  after(() => folder[Symbol.dispose]());
  rollBackAfterEach();
  beforeEach(() => {
    journal = folder.join(`journal-${++journals}.sqlite`);
  });

  const run = (list: readonly RegistrableUnit[], options: Options = {}): Promise<BatchReport> =>
    withClient({ world, id }, { journal, ...options }, (client) => registerBatch(client, list));
  const refusal = async (list: readonly RegistrableUnit[], options: Options = {}): Promise<TouchmarkError> => {
    const error: unknown = await run(list, options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isTouchmarkError(error)) throw error instanceof Error ? error : new Error("it went through");
    return error;
  };
  const count = () => world.read<bigint>("registry.balanceOf", world.address("maker"));
  const isRegistered = async (n: number): Promise<boolean> =>
    (await world.read<bigint>("registry.getAftermarketDeviceIdByAddress", unit(n).address)) !== 0n;
  const transactions = (sent: readonly string[]): number =>
    new Set(sent.map((raw) => Transaction.from(raw).nonce)).size;

  /** A node that notes what it is sent. */
  const noting =
    (sent: string[], send: Send = lively): Send =>
    async (method, params) => {
      if (method === "eth_sendRawTransaction") sent.push(String(params[0]));
      return await send(method, params);
    };

  it("registers a list in one transaction and says each token id", async () => {
    const sent: string[] = [];
    const list = units(1, 6);
    const { registered, rejected } = await run(list, { send: noting(sent) });
    expect(rejected).to.deep.equal([]);
    expect(registered).to.deep.equal(list.map(({ address }) => ({ address, tokenId: BigInt(address) })));
    expect(transactions(sent)).to.equal(1);
  });

  it("keeps its journal on disk before it sends", () => {
    using opened = new BatchJournal(journal);
    expect(opened.durability).to.deep.equal({ journal: "wal", synchronous: 2 });
  });

  it("goes on with the others past a unit whose address is used", async () => {
    await mint(world, "maker", id, 3, 4);
    await world.send("maker", "registry.resetAftermarketDeviceAddressByManufacturerBatch", [
      { aftermarketDeviceNodeId: BigInt(unit(3).address), deviceAddress: unit(90).address },
    ]);
    const { registered, rejected } = await run(units(1, 6));
    expect(rejected.map(({ unit: { address } }) => address)).to.deep.equal([unit(3).address]);
    expect(rejected[0]?.reason.code).to.equal("TRANSACTION_REVERTED");
    expect(registered).to.have.length(4);
  });

  const lists: Record<string, readonly RegistrableUnit[]> = {
    "the zero address": [{ ...unit(1), address: `0x${"00".repeat(20)}` }],
    "an address twice": [unit(1), { ...unit(1), serial: "TM1-2" }],
    "a serial twice": [unit(1), { ...unit(2), serial: unit(1).serial }],
    "an empty serial": [{ ...unit(1), serial: "" }],
  };
  for (const [name, list] of Object.entries(lists)) {
    it(`sends nothing of a list with ${name}`, async () => {
      expect((await refusal(list)).code).to.equal("PREFLIGHT");
      expect(await count()).to.equal(0n);
    });
  }

  it("sends nothing without a license in force, a certified model or quota", async () => {
    const list = units(1, 3);
    const tooMany = withClient({ world, id }, { journal }, (client) => preflight(client, 2001)).catch(
      (error: unknown) => error,
    );
    expect(await tooMany).to.have.nested.property("data.missing", "quota");
    await world.send("maker", "registry.setMintModel", id, `0x${"11".repeat(32)}`);
    expect((await refusal(list)).code).to.equal("MODEL_NOT_CERTIFIED");
    await chain("evm_increaseTime", [400 * 86_400]);
    await chain("evm_mine", []);
    expect((await refusal(list)).data["missing"]).to.equal("license in force");
  });

  describe("C1 a run that dies", () => {
    // The run's connection ends before or after its n-th message of a kind, and a new one takes over.
    const deaths = [
      ["eth_estimateGas", "before"],
      ["eth_sendRawTransaction", "before"],
      ["eth_sendRawTransaction", "after"],
      ["eth_getTransactionReceipt", "after"],
      ["eth_blockNumber", "after"],
    ] as const;
    for (const [at, when] of deaths) {
      it(`C1 ${when} ${at} is resumed with one nonce and every unit once`, async () => {
        const sent: string[] = [];
        let dead = false;
        const dying: Send = async (method, params) => {
          dead ||= method === at && when === "before";
          if (dead) throw new Dropped();
          const answer = await noting(sent)(method, params);
          dead ||= method === at;
          if (dead) throw new Dropped();
          return answer;
        };
        await refusal(units(1, 4), { send: dying, terms: { patience: 30 } });
        const { registered } = await run(units(1, 4), { send: noting(sent) });
        expect(registered).to.have.length(3);
        expect(await count()).to.equal(3n);
        expect(transactions(sent)).to.equal(1);
      });
    }
  });

  it("C1 a nonce gap: what waits behind another transaction is refused before it is sent", async () => {
    const pending: Send = async (method, params) =>
      method === "eth_getTransactionCount" && params[1] === "pending" ? "0xffff" : await lively(method, params);
    expect((await refusal(units(1, 3), { send: pending })).code).to.equal("PREFLIGHT");
  });

  it("C1 a stuck transaction is replaced by one of the same nonce and a higher fee", async () => {
    const sent: string[] = [];
    const deaf: Send = async (method, params) => {
      const first = method === "eth_sendRawTransaction" && transactionsOf(sent, String(params[0])) === 1;
      if (method === "eth_sendRawTransaction" && first) return `0x${"00".repeat(32)}`;
      return await lively(method, params);
    };
    const { registered } = await run(units(1, 3), { send: noting(sent, deaf), terms: { stuck: 20, patience: 3000 } });
    expect(registered).to.have.length(2);
    const [first, last] = [sent[0], sent.at(-1)].map((raw) => Transaction.from(raw ?? ""));
    expect(last?.nonce).to.equal(first?.nonce);
    expect(last?.data).to.equal(first?.data);
    expect((last?.maxFeePerGas ?? 0n) * 10n).to.satisfy((fee: bigint) => fee >= (first?.maxFeePerGas ?? 0n) * 11n);
  });

  it("C1 a transaction that another of its nonce replaced is registered by a new one", async () => {
    const sent: string[] = [];
    let thief = false;
    const stolen: Send = async (method, params) => {
      if (method === "eth_sendRawTransaction" && !thief) {
        thief = true;
        const own = { from: world.address("maker"), to: world.address("maker"), value: "0x0" };
        await chain("eth_sendTransaction", [own]);
        throw new Error("nonce too low");
      }
      return await lively(method, params);
    };
    const { registered } = await run(units(1, 3), { send: noting(sent, stolen) });
    expect(registered).to.have.length(2);
    expect(transactions(sent)).to.equal(2);
  });

  for (const depth of [1, 2, 4]) {
    it(`C2 a reorganization that takes back ${depth} blocks is healed by the same bytes`, async () => {
      const sent: string[] = [];
      const snapshot = await chain("evm_snapshot", []);
      await run(units(1, 4), { send: noting(sent), terms: { depth } });
      expect(await count()).to.equal(3n);
      await chain("evm_revert", [snapshot]);
      expect(await count()).to.equal(0n);
      const { registered } = await run(units(1, 4), { send: noting(sent), terms: { depth } });
      expect(registered).to.have.length(3);
      expect(new Set(sent).size).to.equal(1);
    });
  }

  it("C2 a block that is taken back before it is final is waited for again", async () => {
    const sent: string[] = [];
    const snapshot = await chain("evm_snapshot", []);
    let taken = false;
    const reorganizing: Send = async (method, params) => {
      if (method === "eth_getTransactionReceipt" && !taken && (await count()) > 0n) {
        taken = true;
        await chain("evm_revert", [snapshot]);
      }
      return await lively(method, params);
    };
    const { registered } = await run(units(1, 4), { send: noting(sent, reorganizing), terms: { depth: 3 } });
    expect(taken).to.equal(true);
    expect(registered).to.have.length(3);
    expect(new Set(sent).size).to.equal(1);
  });

  it("C3 a cap on gas splits the list", async () => {
    const sent: string[] = [];
    const { registered } = await run(units(1, 9), { send: noting(sent), terms: { gas: 330_000n } });
    expect(registered).to.have.length(8);
    expect(transactions(sent)).to.be.within(2, 8);
    for (const raw of sent) expect(Transaction.from(raw).gasLimit <= 330_000n).to.equal(true);
  });

  it("C3 a transaction that runs out of gas registers nobody, and its units come again in smaller ones", async () => {
    const sent: string[] = [];
    let short = true;
    const stingy: Send = async (method, params) => {
      if (method !== "eth_estimateGas" || !short) return await lively(method, params);
      short = false;
      return "0x249f0";
    };
    const { registered } = await run(units(1, 5), { send: noting(sent, stingy) });
    expect(registered).to.have.length(4);
    expect(await count()).to.equal(4n);
    expect(transactions(sent)).to.be.at.least(2);
  });

  it("C3 a unit that fits under no cap is reported, and nothing is sent", async () => {
    const { registered, rejected } = await run(units(1, 3), { terms: { gas: 60_000n } });
    expect(registered).to.deep.equal([]);
    expect(rejected.map(({ reason }) => reason.code)).to.deep.equal(["TRANSACTION_REVERTED", "TRANSACTION_REVERTED"]);
  });

  it("C4 fees above the cap stop a run, which says both and goes on where it stopped", async () => {
    const sent: string[] = [];
    let spiking = false;
    const spike: Send = async (method, params) => {
      if (method === "eth_maxPriorityFeePerGas" && spiking) return "0xffffffffffff";
      if (method === "eth_sendRawTransaction") spiking = true;
      return await lively(method, params);
    };
    const terms = { gas: 330_000n };
    const error = await refusal(units(1, 9), { send: noting(sent, spike), terms });
    expect(error.code).to.equal("FEE_ABOVE_CAP");
    expect(error.data).to.include({ cap: "100000000000" });
    const before = await count();
    expect(before > 0n && before < 8n).to.equal(true);
    expect((await run(units(1, 9), { send: noting(sent), terms })).registered).to.have.length(8);
  });

  it("C5 an RPC of another chain is refused before anything is signed", async () => {
    const other: Send = async (method, params) => (method === "eth_chainId" ? "0x89" : await lively(method, params));
    expect((await refusal(units(1, 3), { send: other })).code).to.equal("CHAIN_WRONG");
  });

  it("C5 a receipt of no block is not believed", async () => {
    const sent: string[] = [];
    const liar: Send = async (method, params) => {
      if (method === "eth_sendRawTransaction") return `0x${"00".repeat(32)}`;
      if (method !== "eth_getTransactionReceipt") return await lively(method, params);
      const place = { blockNumber: "0x1", blockHash: `0x${"22".repeat(32)}` };
      return { ...place, transactionHash: params[0], status: "0x1", logs: [] };
    };
    const error = await refusal(units(1, 3), { send: noting(sent, liar) });
    expect(error.code).to.equal("TRANSACTION_LOST");
    expect(error.cause).to.include({ code: "CHAIN_DISAGREES" });
    expect(await isRegistered(1)).to.equal(false);
    expect((await run(units(1, 3), { send: noting(sent) })).registered).to.have.length(2);
    expect(new Set(sent).size).to.equal(1);
  });

  it("C5 a receipt whose events are another's is not believed", async () => {
    const liar: Send = async (method, params) => {
      const answer = await lively(method, params);
      return method === "eth_getTransactionReceipt" && answer !== null ? { ...(answer as object), logs: [] } : answer;
    };
    expect((await refusal(units(1, 3), { send: liar })).code).to.equal("REGISTRATION_MISMATCH");
    expect((await run(units(1, 3))).registered).to.have.length(2);
  });
});

/** How many different transactions were sent before and with this one. */
const transactionsOf = (sent: readonly string[], raw: string): number => new Set([...sent, raw]).size;
