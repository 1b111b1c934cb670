// SPDX-License-Identifier: Apache-2.0
import { TouchmarkBackend } from "../../registry/backend/touchmark.ts";
import { replaceBoard, replacedBy } from "../../station/repair.ts";
import { clock } from "../ca/keys.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { findUnit } from "./find-unit.ts";
import { stationArguments, withStation } from "./station-session.ts";
import { testResults } from "./tests.ts";

export const replace = verb({
  command: "replace <old> <port>",
  describe: "Give a product a new board: birth, certificate, its node moved to it, lock; the old one is retired",
  builder: (yargs) =>
    stationArguments(yargs)
      .positional("old", {
        type: "string",
        demandOption: true,
        describe: "Old board: chip id, address or serial number",
      })
      .example(
        "$0 station replace 0x84bc… /dev/ttyACM0 --line line-a --release 1.0.0.release --factory factory.bin --model TM-1 --ict ict.txt --qa qa.txt --key owner.pem --rpc http://127.0.0.1:8545 --witness https://w1.example https://w2.example",
        "the node's old address resolves no more",
      ),
  handler: async (args, io) => {
    const tests = await testResults(args);
    const order = { tests, ...(args.chip !== undefined && { chipId: args.chip }) };
    const { board, reset, old } = await withStation(
      args,
      io,
      async ({ station, unit, chain: { contract }, onStep }) => {
        const backend = new TouchmarkBackend({
          registry: contract("registry"),
          nodes: contract("nodes"),
          programme: contract("programme"),
        });
        const desk = { ledger: station.ledger, backend, now: clock };
        const named = findUnit(station.ledger, args.old);
        const { chipId } = await unit.waitForHello();
        const old = (named.chipId === chipId ? replacedBy(station.ledger, chipId) : undefined) ?? named;
        return { old, ...(await replaceBoard(desk, station, unit, old, order, onStep)) };
      },
    );
    const { chipId, address, serial, state, tokenId } = board ?? {};
    const json = { chipId, address, serial, state, tokenId, oldAddress: reset && old.address };
    return { json, text: table(Object.entries(json)) };
  },
});
