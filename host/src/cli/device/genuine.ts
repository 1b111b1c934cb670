// SPDX-License-Identifier: Apache-2.0
import { judgeGenuine } from "../../verify/genuine.ts";
import { revocationArguments, revocationTerms } from "../revocation.ts";
import { verb } from "../verb.ts";
import { chainView, freshToken, recordArguments } from "./attestation.ts";
import { portArguments, withUnit } from "./port.ts";

export const genuine = verb({
  command: "genuine <port>",
  describe: "Is this unit its maker's own? In plain words, for its owner",
  builder: (yargs) =>
    revocationArguments(
      recordArguments(
        portArguments(yargs).option("root", {
          type: "string",
          demandOption: true,
          describe: "The maker's root certificate, PEM or DER",
        }),
      ),
    ).example("$0 device genuine /dev/ttyACM0 --root root.pem --chain chain.json", ""),
  handler: async (args, io) => {
    const terms = await revocationTerms(args.root, args);
    const { token, nonce } = await withUnit(args, (unit) => freshToken(unit));
    const now = Math.floor(Date.now() / 1000);
    const json = await judgeGenuine(token, { ...terms, nonce }, now, chainView(args, io));
    const lines = json.findings.map(({ verdict, says }) => `${verdict}  ${says}`);
    const end = json.genuine ? "PASS  This unit is genuine." : "FAIL  Do not trust this unit.";
    return { json, text: [...lines, end].join("\n"), refused: !json.genuine };
  },
});
