// SPDX-License-Identifier: Apache-2.0
import type { WitnessStatement } from "../protocol/witness-statement.ts";

const HELP = {
  statements: "Statements without a challenge",
  challenges: "Statements over a unit's challenge",
  equivocations: "Statements withheld because another hash was signed for the number",
  lags: "Statements withheld because the newest eligible block was older than max-age",
  clocks: "Statements withheld because the clock stood behind the chain",
  limited: "Requests above the rate",
  malformed: "Requests that are none",
  failures: "Requests without a statement: node, record or key",
} as const;

export type MetricName = keyof typeof HELP;

/** Counters since the start, in the Prometheus text exposition format. */
export class Metrics {
  readonly #counts = new Map<MetricName, number>();
  newest: Pick<WitnessStatement, "number" | "timestamp"> = { number: 0n, timestamp: 0n };

  count(name: MetricName): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  toString(): string {
    const counters = (Object.keys(HELP) as MetricName[]).flatMap((name) => [
      `# HELP touchmark_witness_${name}_total ${HELP[name]}`,
      `# TYPE touchmark_witness_${name}_total counter`,
      `touchmark_witness_${name}_total ${this.#counts.get(name) ?? 0}`,
    ]);
    const newest = [
      "# HELP touchmark_witness_newest_block Number of the newest block vouched for",
      "# TYPE touchmark_witness_newest_block gauge",
      `touchmark_witness_newest_block ${this.newest.number}`,
      "# HELP touchmark_witness_newest_block_timestamp_seconds Its time; how long ago that is bounds what units hear",
      "# TYPE touchmark_witness_newest_block_timestamp_seconds gauge",
      `touchmark_witness_newest_block_timestamp_seconds ${this.newest.timestamp}`,
    ];
    return `${[...counters, ...newest].join("\n")}\n`;
  }
}
