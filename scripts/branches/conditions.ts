// SPDX-License-Identifier: Apache-2.0
// Where Solidity decides: the condition of every if, ?: and loop, every operand of && and ||, every outcome of a try.
import { createRequire } from "node:module";

/** A place with two outcomes. Offsets are bytes of the source in UTF-8. */
export interface Condition {
  readonly kind: "condition";
  readonly start: number;
  readonly end: number;
}

/** A way out of a try: its success, or a catch. `start` is the offset behind the clause's opening brace. */
export interface Clause {
  readonly kind: "clause";
  readonly start: number;
  readonly end: number;
}

export type Decision = Condition | Clause;

interface Node {
  readonly nodeType: string;
  readonly src: string;
  readonly operator?: string;
  readonly condition?: Node | null;
  readonly leftExpression?: Node;
  readonly rightExpression?: Node;
  readonly subExpression?: Node;
  readonly components?: readonly Node[];
  readonly block?: Node;
}

interface Compiler {
  compile(input: string): string;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "nodeType" in value;

const span = (node: Node): { start: number; end: number } => {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return { start, end: start + length };
};

const isShortCircuit = (node: Node): boolean =>
  node.nodeType === "BinaryOperation" && (node.operator === "&&" || node.operator === "||");

/** What decides within a condition: the operands of && and ||, through parentheses and negations; else all of it. */
function operands(node: Node): Node[] {
  const [inner] = node.components ?? [];
  if (node.nodeType === "TupleExpression" && inner !== undefined) return operands(inner);
  const { leftExpression: left, rightExpression: right, subExpression: negated } = node;
  if (isShortCircuit(node) && left && right) return [...operands(left), ...operands(right)];
  if (node.nodeType === "UnaryOperation" && node.operator === "!" && negated) {
    const within = operands(negated);
    return within.length > 1 ? within : [node];
  }
  return [node];
}

function decisionsAt(node: Node): Decision[] {
  const conditions = (decided: Node): Decision[] =>
    operands(decided).map((each) => ({ kind: "condition", ...span(each) }));
  if (isShortCircuit(node)) return conditions(node);
  if (node.nodeType === "TryCatchClause" && node.block) {
    const { start } = span(node.block);
    return [{ kind: "clause", start: start + 1, end: start + 1 }];
  }
  return node.condition ? conditions(node.condition) : [];
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* walk(each);
  else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* walk(child);
  }
}

/** Decisions of each source, by their order in the text. */
export function decisionsOf(sources: Readonly<Record<string, string>>): Record<string, Decision[]> {
  const compiler = createRequire(import.meta.url)("solc") as Compiler;
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input))) as {
    readonly errors?: readonly { readonly formattedMessage: string }[];
    readonly sources: Readonly<Record<string, { readonly ast: unknown }>>;
  };
  if (output.errors?.length) throw new Error(output.errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return Object.fromEntries(
    Object.entries(output.sources).map(([name, { ast }]) => {
      const found = new Map([...walk(ast)].flatMap(decisionsAt).map((each) => [`${each.start}:${each.end}`, each]));
      return [name, [...found.values()].toSorted((a, b) => a.start - b.start || b.end - a.end)];
    }),
  );
}
