// SPDX-License-Identifier: Apache-2.0
import type { Field, Model, ProtocolError, Tree } from "./model.ts";

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const errorTable = (errors: readonly ProtocolError[]): string =>
  table(
    ["code", "name", "what is wrong", "what to do"],
    errors.map(({ code, name, text, remedy }) => [code, `\`${name}\``, text, remedy]),
  );

const fieldTable = (head: string, fields: readonly Field[], number: (value: number) => string): string =>
  table(
    [head, "offset", "bytes"],
    fields.map(({ name, offset, size }) => [`\`${name}\``, number(offset), number(size)]),
  );

const numberTable = (tree: Tree): string =>
  table(
    ["name", "value"],
    Object.entries(tree).flatMap(([name, value]) => (typeof value === "object" ? [] : [[`\`${name}\``, value]])),
  );

const hexadecimal = (value: number): string => `0x${value.toString(16).toUpperCase()}`;

/** Every table that a page may ask for by name. */
export function tables(model: Model): Map<string, string> {
  const { smp } = model.trees;
  const commands = typeof smp === "object" ? smp.touchmark : undefined;
  return new Map([
    ["errors", errorTable(model.errors)],
    ["host-errors", errorTable(model.hostErrors)],
    ["limits", numberTable(model.trees.limits ?? {})],
    ["commands", numberTable(typeof commands === "object" ? commands : {})],
    ...model.flash.map(({ port, regions }) => [`flash-${port}`, fieldTable("region", regions, hexadecimal)] as const),
    ...[...model.layouts, ...model.words].map(
      ({ name, fields }) => [`layout-${name}`, fieldTable("field", fields, String)] as const,
    ),
  ]);
}

/** Renews what stands between `<!-- generated:NAME -->` and `<!-- /generated -->`. */
export function renew(page: string, all: ReadonlyMap<string, string>): string {
  return page.replaceAll(/(<!-- generated:([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g, (_, open, name, close) => {
    const body = all.get(name);
    if (body === undefined) throw new Error(`no generated table is called ${name}: ${[...all.keys()].join(", ")}`);
    return `${open}${body}\n${close}`;
  });
}
