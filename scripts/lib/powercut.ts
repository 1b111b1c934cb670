// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "build/firmware/powercut");

export interface FlowReport {
  readonly flow: string;
  /** Bytes in an erase block. */
  readonly erase: number;
  /** By the names that firmware/campaign/powercut.c prints. */
  readonly counts: Map<string, number>;
}

/** A call in the firmware that writes, erases or burns. */
export interface Site {
  readonly where: string;
  readonly call: string;
  readonly cut: boolean;
}

export interface PowercutReport {
  readonly flows: readonly FlowReport[];
  /** Lines, each with the options that replay it. */
  readonly failures: readonly string[];
  readonly sites: readonly Site[];
}

/** Over all flows and erase sizes. */
export function total(flows: readonly FlowReport[], name: string): number {
  return flows.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0);
}

/** Called with each flow and erase size that a shard is done with. */
export type Progress = (flow: string, erase: number) => void;

async function shard(options: readonly string[], index: number, jobs: number, done: Progress): Promise<string[]> {
  const child = spawn(PROGRAM, [...options, "--shard", `${index}/${jobs}`], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const [kind, flow = "", , erase] = line.split(" ");
    if (kind === "flow") done(flow, Number(erase));
  }
  const [code, signal] = await closed;
  if (code !== 0 && code !== 1) throw new Error(`powercut ended with ${code ?? signal}`);
  return lines;
}

/** Adds up what the shards say of one flow and erase size; operations are the same in each. */
function addFlow(flows: Map<string, FlowReport>, line: string): void {
  const [, flow = "", , erase = "0", ...pairs] = line.split(" ");
  const key = `${flow} ${erase}`;
  const report = flows.get(key) ?? { flow, erase: Number(erase), counts: new Map() };
  flows.set(key, report);
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const name = pairs[i] ?? "";
    const value = Number(pairs[i + 1]);
    report.counts.set(name, name === "operations" ? value : (report.counts.get(name) ?? 0) + value);
  }
}

/** Builds firmware/campaign and runs it in so many processes, each of which takes its share of the operations. */
export async function cutPower(
  options: readonly string[],
  jobs: number,
  done: Progress = () => undefined,
): Promise<PowercutReport> {
  execFileSync("make", ["-C", "firmware", "--no-print-directory", "powercut"], { cwd: ROOT, stdio: "pipe" });
  const shards = await Promise.all(Array.from({ length: jobs }, (_, index) => shard(options, index, jobs, done)));
  const lines = shards.flat();
  const flows = new Map<string, FlowReport>();
  const sites = new Map<string, Site>();
  for (const line of lines.filter((each) => each.startsWith("flow "))) addFlow(flows, line);
  for (const line of lines.filter((each) => each.startsWith("site "))) {
    const [, where = "", call = "", state] = line.split(" ");
    const key = `${where} ${call}`;
    sites.set(key, { where, call, cut: state === "cut" || sites.get(key)?.cut === true });
  }
  const failures = lines.filter((line) => line.startsWith("failure "));
  return { flows: [...flows.values()], failures, sites: [...sites.values()] };
}
