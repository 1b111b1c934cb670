// SPDX-License-Identifier: Apache-2.0
import { judgeGenuine } from "../../verify/genuine.ts";
import { trustArguments } from "../registry/proofs.ts";
import { revocationArguments, revocationTerms } from "../revocation.ts";
import { verb } from "../verb.ts";
import { freshToken, provingView, recordArguments } from "./attestation.ts";
import { portArguments, withUnit } from "./port.ts";

export const genuine = verb({
  command: "genuine <port>",
  describe: "Is this unit its maker's own? In plain words, for its owner",
  builder: (yargs) =>
    trustArguments(
      revocationArguments(
        recordArguments(
          portArguments(yargs).option("root", {
            type: "string",
            demandOption: true,
            describe: "The maker's root certificate, PEM or DER",
          }),
        ),
      ),
    )
      .example("$0 device genuine /dev/ttyACM0 --root root.pem --chain chain.json", "")
      .example(
        "$0 device genuine /dev/ttyACM0 --root root.pem --chain chain.json --witness https://w1.example --witness https://w2.example --state unit.json",
        "its registration by proof; the state is of a unit that you trust, not of this one",
      ),
  handler: async (args, io) => {
    const terms = await revocationTerms(args.root, args);
    const chain = provingView(args, io);
    const { token, nonce } = await withUnit(args, (unit) => freshToken(unit));
    const now = Math.floor(Date.now() / 1000);
    const json = await judgeGenuine(token, { ...terms, nonce }, now, chain);
    const lines = json.findings.map(({ verdict, says }) => `${verdict}  ${says}`);
    const end = json.genuine
      ? "PASS  This unit is genuine."
      : `FAIL  ${json.undecided === undefined ? "" : `${json.undecided} Until then: `}Do not trust this unit.`;
    return { json, text: [...lines, end].join("\n"), refused: !json.genuine };
  },
});
