// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { decodeTrustStatements, type TrustStatement } from "../../protocol/trust-statement.ts";
import { proveBundle } from "../../release/bundle.ts";
import { proveEnroll, proveLock, proveNotice, proveRotate, type StepRequest } from "../../release/steps.ts";
import type { Verdict } from "../../verify/verdict.ts";
import type { ProofSources } from "../../witness/witnessed-header.ts";
import { readBytes, readCertificate, writeBytes } from "../files.ts";
import { table } from "../print.ts";
import { type Result, verb } from "../verb.ts";
import { readRelease } from "./board.ts";
import { type ProvedUnit, proofArguments, readUnit, withSources } from "./proof.ts";

const STEPS = ["notice", "rotate", "enroll", "lock"] as const;
type Step = (typeof STEPS)[number];

export const prove = verb({
  command: "prove [release]",
  describe: "Make a bundle that a unit takes now; or a proof alone for another step",
  builder: (yargs) =>
    proofArguments(yargs)
      .positional("release", { type: "string", describe: "A signed release or a bundle; for lock, the running one" })
      .option("notice", {
        type: "boolean",
        default: false,
        describe: "A proof alone: what the license is now, or that there is none",
      })
      .option("rotate", { type: "boolean", default: false, describe: "A proof alone: trust statements" })
      .option("enroll", { type: "boolean", default: false, describe: "A proof alone, for a unit in provisioning" })
      .option("lock", { type: "boolean", default: false, describe: "A proof alone, over the unit's challenge" })
      .option("line", { type: "string", describe: "Line certificate, for enroll" })
      .option("device", { type: "string", describe: "Device certificate, for enroll" })
      .option("trust", { type: "string", describe: "Trust statements to send along" })
      .option("even-if-refused", { type: "boolean", default: false, describe: "Write it for drills all the same" })
      .option("out", { type: "string", demandOption: true, describe: "The bundle (.suit) or chain" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example(
        "$0 release prove app.release --state unit.json --root root.pem --rpc http://127.0.0.1:8545 --witness https://w1.example --witness https://w2.example --out app.suit",
        "",
      )
      .example(
        "$0 release prove --notice --state unit.json --root root.pem --rpc http://127.0.0.1:8545 --witness https://w1.example --witness https://w2.example --out license.chain",
        "what the chain says of the license, whatever that is",
      ),
  handler: async (args, io) => {
    const unit = await readUnit(args);
    const statements = args.trust === undefined ? [] : decodeTrustStatements(await readBytes(args.trust));
    const step = oneOf(args);
    const request = { ...unit, statements, evenIfRefused: args["even-if-refused"] };
    const { bytes, verdict } = await withSources(args, unit, statements, io, (sources) =>
      proveStep(step, args, request, sources),
    );
    await writeBytes(args.out, bytes, args.force);
    return describe(args.out, bytes, verdict);
  },
});

export function describe(out: string, bytes: Uint8Array, { verdict, anchor }: Verdict): Result {
  const { floorNumber: floor, epoch } = anchor.trust;
  const json = { out, bytes: bytes.length, verdict, floor, epoch };
  return { json, text: table(Object.entries(json)), refused: verdict !== "OK" };
}

/** The one step asked for; undefined for a bundle. @throws USAGE */
function oneOf(args: Readonly<Record<Step, boolean>>): Step | undefined {
  const [step, ...others] = STEPS.filter((name) => args[name]);
  if (others.length > 0) throw new TouchmarkError("USAGE", { data: { together: [step, ...others] } });
  return step;
}

interface StepFiles {
  readonly release: string | undefined;
  readonly line: string | undefined;
  readonly device: string | undefined;
}

interface Proved {
  readonly bytes: Uint8Array;
  readonly verdict: Verdict;
}

async function proveStep(
  step: Step | undefined,
  files: StepFiles,
  request: StepRequest & ProvedUnit & { readonly statements: readonly TrustStatement[] },
  sources: ProofSources,
): Promise<Proved> {
  if (step === undefined) {
    const release = await readRelease(required(files, "release"));
    const { bundle, verdict } = await proveBundle({ ...request, release }, sources);
    return { bytes: bundle, verdict };
  }
  const { chain, verdict } = await proveChainFor(step, files, request, sources);
  return { bytes: chain, verdict };
}

async function proveChainFor(
  step: Step,
  files: StepFiles,
  request: StepRequest,
  sources: ProofSources,
): ReturnType<typeof proveNotice> {
  switch (step) {
    case "notice":
      return proveNotice(request, sources);
    case "rotate":
      return proveRotate(request, sources);
    case "lock":
      return proveLock(request, await readRelease(required(files, "release")), sources);
    case "enroll": {
      const line = await readCertificate(required(files, "line"));
      const device = await readCertificate(required(files, "device"));
      return proveEnroll(request, { line, device }, sources);
    }
  }
}

function required(files: StepFiles, name: keyof StepFiles): string {
  const path = files[name];
  if (path === undefined) throw new TouchmarkError("USAGE", { data: { missing: name } });
  return path;
}
