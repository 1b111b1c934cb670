// SPDX-License-Identifier: Apache-2.0
import { HEADER_INTEGER_MAX } from "../../protocol/block-header.ts";
import { limits } from "../../protocol/generated.ts";
import { unitStateFromJson } from "../../protocol/messages/unit-state.ts";
import { planRotation, rotationDigest } from "../../trust/rotation.ts";
import { rotationToJson } from "../../trust/rotation-file.ts";
import { readCertificate, readForm, writeBytes } from "../files.ts";
import { hexBytes, natural, publicKey, wholeNumber } from "../numbers.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";

export const rotate = verb({
  command: "rotate",
  describe: "Plan a change of trust, for its signers",
  builder: (yargs) =>
    yargs
      .option("state", { type: "string", demandOption: true, describe: "Of a unit of the fleet" })
      .option("root", { type: "string", demandOption: true, describe: "The root certificate that it trusts" })
      .option("witness", {
        type: "string",
        array: true,
        describe: "All public keys of the new federation, hexadecimal",
      })
      .option("threshold", { type: "number", describe: "How many of them must sign" })
      .option("board", { type: "string", describe: "The new board's address" })
      .option("board-code-hash", { type: "string", describe: "Keccak-256 of its code" })
      .option("new-root", { type: "string", describe: "The new root certificate; it has to stand on the board" })
      .option("floor-number", { type: "string", describe: "Least block that units take from then on" })
      .option("floor-timestamp", { type: "string", describe: "Its unix seconds" })
      .implies("board", "board-code-hash")
      .implies("floor-number", "floor-timestamp")
      .option("out", { type: "string", demandOption: true, describe: "The rotation, to be signed" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 trust rotate --state unit.json --root root.pem --witness 02aa… 03bb… 02cc… --threshold 2 --out federation.rotation",
        "then: trust sign, by k witnesses and the root, or recovery keys for one of them",
      ),
  handler: async (args) => {
    const { trust } = await readForm(args.state, unitStateFromJson);
    const { board, witness, threshold } = args;
    const codeHash = args["board-code-hash"];
    const newRoot = args["new-root"];
    const number = args["floor-number"];
    const rotation = planRotation(
      { trust, root: await readCertificate(args.root) },
      {
        ...(board === undefined ? {} : { board: hexBytes("board", board, 20) }),
        ...(codeHash === undefined ? {} : { boardCodeHash: hexBytes("board-code-hash", codeHash, 32) }),
        ...(witness === undefined ? {} : { witnesses: witness.map((text) => publicKey("witness", text)) }),
        ...(threshold === undefined ? {} : { witnessThreshold: natural("threshold", threshold, limits.witnessesMax) }),
        ...(newRoot === undefined ? {} : { root: await readCertificate(newRoot) }),
        ...(number === undefined
          ? {}
          : {
              floor: {
                number: wholeNumber("floor-number", number, HEADER_INTEGER_MAX),
                timestamp: wholeNumber("floor-timestamp", args["floor-timestamp"] ?? "0", HEADER_INTEGER_MAX),
              },
            }),
      },
    );
    await writeBytes(args.out, Buffer.from(`${toJson(rotationToJson(rotation))}\n`), args.force);
    const json = { rotation: args.out, epoch: trust.epoch + 1, digest: rotationDigest(rotation) };
    return { json, text: table(Object.entries(json)) };
  },
});
