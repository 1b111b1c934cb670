// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { examine } from "../doctor/findings.ts";
import { verb } from "./verb.ts";

const ROOT = join(import.meta.dirname, "../../..");

export const doctor = verb({
  command: "doctor",
  describe: "Say what this machine lacks",
  builder: (yargs) => yargs.example("$0 doctor", "exit code 1 where something needed is missing"),
  handler: async () => {
    const findings = examine(ROOT, process.env["PATH"] ?? "");
    const lines = findings.map(({ what, need, ok, detail }) =>
      ok ? `ok       ${what}  ${detail}` : `missing  ${what}, for ${need}: ${detail}`,
    );
    const refused = findings.some(({ ok, need }) => !ok && need !== "units" && need !== "tests");
    return { json: findings, text: lines.join("\n"), refused };
  },
});
