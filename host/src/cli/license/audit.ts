// SPDX-License-Identifier: Apache-2.0
import { enums } from "../../protocol/generated.ts";
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, evidenceArguments, instant, nodeArguments } from "./arguments.ts";

type AuditKind = keyof typeof enums.auditKind;

export const audit = verb({
  command: "audit <id>",
  describe: "Auditor: record an audit of the node's application",
  builder: (yargs) =>
    evidenceArguments(nodeArguments(yargs))
      .option("kind", { choices: Object.keys(enums.auditKind), demandOption: true, describe: "What was audited" })
      .option("failed", { type: "boolean", default: false, describe: "It did not pass" })
      .option("until", { type: "string", demandOption: true, describe: "Date until which it counts, UTC" })
      .example("$0 license audit 7 --kind security --until 2027-12-31 --evidence report.pdf --key auditor.pem", ""),
  handler: async (args, io) => {
    const record = {
      id: args.id,
      kind: enums.auditKind[args.kind as AuditKind],
      passed: !args.failed,
      validUntil: instant("until", args.until),
      evidence: await documentHash(args.evidence),
    };
    return await send(args, io, "programme", { method: "recordAudit", args: [record], event: "AuditRecorded" });
  },
});
