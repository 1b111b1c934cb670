// SPDX-License-Identifier: Apache-2.0
// The two matrices as the Markdown tables of docs/license-programme.md.
import type { LifeMatrix } from "./life-matrix.ts";
import type { RoleRow } from "./role-matrix.ts";
import { type Account, accountNames } from "./world.ts";

/** Who an account stands for in the scene of the role matrix. */
const LABELS: Partial<Record<Account, string>> = {
  maker: "manufacturer",
  line: "holder of a privilege",
  owner: "owner of the unit, vehicle or new node",
  hardwareAuditor: "auditor of the kind",
  stranger: "proposed admin",
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

export function lifeTable({ states, rows }: LifeMatrix): string {
  return table(
    ["", ...states],
    [...rows].map(([name, cells]) => [name, ...cells]),
  );
}

export function roleTable(rows: readonly RoleRow[]): string {
  const who = (allowed: readonly Account[]): string =>
    allowed.length === accountNames.length ? "anyone" : allowed.map((account) => LABELS[account] ?? account).join(", ");
  return table(
    ["function", "who may"],
    rows.map(({ path, allowed }) => [`\`${path.replace(".", "` · `")}\``, who(allowed)]),
  );
}
