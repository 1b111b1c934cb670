// SPDX-License-Identifier: Apache-2.0
import type { Field, FlashMap, Layout, Model } from "./model.ts";

function duplicates<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function* unique(what: string, values: readonly (string | number)[]): Generator<string> {
  for (const value of duplicates(values)) yield `${what}: ${value} stands twice`;
}

function* errorFaults({ errors, hostErrors, ok }: Model): Generator<string> {
  const all = [...errors, ...hostErrors];
  yield* unique(
    "error names",
    all.map(({ name }) => name),
  );
  yield* unique(
    "error codes",
    all.map(({ code }) => code),
  );
  for (const { name, code, text, remedy } of all) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) yield `${name}: not an upper-case name`;
    if (!text || !remedy) yield `${name}: a text or remedy is missing`;
    if (code === ok || !Number.isInteger(code) || code < 1) yield `${name}: ${code} cannot be an error's code`;
  }
  for (const { name, code } of errors) if (code >= 1000) yield `${name}: codes from 1000 up are the host's`;
  for (const { name, code } of hostErrors) if (code < 1000) yield `${name}: codes below 1000 are the device's`;
  if (!ok) yield "ok: success is not zero";
}

function* layoutFaults({ name, size, magic, fields }: Layout): Generator<string> {
  yield* unique(
    `layout ${name}`,
    fields.map((field) => field.name),
  );
  const end = fields.reduce((sum, field) => sum + field.size, 0);
  if (end !== size) yield `layout ${name}: fields take ${end} bytes of ${size}`;
  if (fields.some((field) => !(field.size > 0))) yield `layout ${name}: a field without bytes`;
  if (magic !== undefined && magic.length !== fields[0]?.size)
    yield `layout ${name}: the magic does not fill its field`;
}

function* regionFaults(port: string, { name, offset, size }: Field, erase: number, total: number): Generator<string> {
  if (offset % erase || size % erase || size <= 0) yield `flash ${port}: ${name} is not whole erase blocks of ${erase}`;
  if (offset + size > total) yield `flash ${port}: ${name} ends beyond ${total}`;
}

function* flashFaults({ port, regions, numbers }: FlashMap, names: string): Generator<string> {
  const { eraseBytes = 0, totalBytes = 0, imageBytes = 0 } = numbers;
  yield* unique(
    `flash ${port}`,
    regions.map(({ name }) => name),
  );
  for (const region of regions) yield* regionFaults(port, region, eraseBytes, totalBytes);
  const sorted = regions.toSorted((a, b) => a.offset - b.offset);
  for (const [index, { name, offset, size }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && offset + size > next.offset) yield `flash ${port}: ${name} runs into ${next.name}`;
    if (name.endsWith("Image") && size < imageBytes) yield `flash ${port}: ${name} is smaller than an image`;
  }
  if (regionNames(regions) !== names) yield `flash ${port}: not the same regions as the other ports`;
}

const regionNames = (regions: readonly Field[]): string =>
  regions
    .map(({ name }) => name)
    .toSorted()
    .join();

/** Everything that is wrong with the numbers, as sentences. */
export function faults(model: Model): string[] {
  const names = regionNames(model.flash[0]?.regions ?? []);
  return [
    ...errorFaults(model),
    ...[...model.words, ...model.layouts, model.registryStorage.unit].flatMap((layout) => [...layoutFaults(layout)]),
    ...[...model.words, model.registryStorage.unit]
      .filter(({ size }) => size !== 32)
      .map(({ name }) => `word ${name}: not 32 bytes`),
    ...model.flash.flatMap((map) => [...flashFaults(map, names)]),
    ...Object.entries(model.enums)
      .filter(([, members]) => Object.values(members).some((value, index) => value !== index))
      .map(([name]) => `enum ${name}: not numbered from 0 without gaps`),
    ...unique("domain tags", Object.values(model.domains)),
    ...unique(
      "object identifiers",
      Object.values(model.oids).map(({ oid }) => oid),
    ),
  ];
}
