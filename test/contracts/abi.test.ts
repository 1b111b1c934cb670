// SPDX-License-Identifier: Apache-2.0
// Every event and custom error of the deployed contracts stands in a test of what it tells, or here with a reason.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ErrorFragment, EventFragment } from "ethers";
import { type Part, World } from "./support/world.ts";

const PARTS: readonly Part[] = ["roles", "nodes", "programme", "board", "registry"];

const OPENZEPPELIN = "OpenZeppelin's, with its tests";
const UNREACHABLE = {
  ERC721InvalidSender: "declared by ERC-721's errors; a mint of ours finds an empty slot",
  InvalidShortString: "declared by EIP712; our names are short",
  StringTooLong: "declared by EIP712; our names are short",
  EIP712DomainChanged: "declared by ERC-5267; a domain of ours never changes",
  ReentrancyGuardReentrantCall: "swallowed by the token that calls back (hostile.test.ts), as every caller would",
} as const;

const EXCEPTIONS: Readonly<Record<string, string>> = {
  ...UNREACHABLE,
  "nodes.Approval": OPENZEPPELIN,
  "nodes.ApprovalForAll": OPENZEPPELIN,
  "roles.AccessControlBadConfirmation": OPENZEPPELIN,
  "roles.AccessControlEnforcedDefaultAdminRules": OPENZEPPELIN,
  "roles.AccessControlInvalidDefaultAdmin": OPENZEPPELIN,
  "roles.DefaultAdminDelayChangeCanceled": OPENZEPPELIN,
  "roles.DefaultAdminDelayChangeScheduled": OPENZEPPELIN,
  "roles.DefaultAdminTransferCanceled": OPENZEPPELIN,
  "roles.DefaultAdminTransferScheduled": OPENZEPPELIN,
  "roles.RoleAdminChanged": OPENZEPPELIN,
  "roles.SafeCastOverflowedUintDowncast": OPENZEPPELIN,
};

const FOLDER = "test/contracts";
const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".test.ts") && name !== "abi.test.ts")
  .map((name) => readFileSync(join(FOLDER, name), "utf8"));
const rebuilding = readFileSync(join(FOLDER, "rebuild.test.ts"), "utf8");
const inTests = (pattern: RegExp): boolean => sources.some((source) => pattern.test(source));

describe("events and errors", () => {
  let world: World;

  const names = (part: Part, kind: "event" | "error"): string[] => {
    const { fragments } = world.contract(part).interface;
    const events = fragments.filter(EventFragment.isFragment);
    return (kind === "event" ? events : fragments.filter(ErrorFragment.isFragment)).map(({ name }) => name);
  };
  const excepted = (part: Part, name: string): boolean => name in EXCEPTIONS || `${part}.${name}` in EXCEPTIONS;

  before(async () => {
    world = await World.deploy();
  });

  for (const part of PARTS) {
    it(`of ${part} are each named in a test`, () => {
      // An event by its path, or where state is rebuilt from its arguments; an error by its name as a refusal.
      const isTold = (name: string): boolean =>
        inTests(new RegExp(`"${part}\\.${name}"`)) ||
        new RegExp(`\\b${name}: (\\(|state)|name === "${name}"`).test(rebuilding);
      const isRefused = (name: string): boolean => inTests(new RegExp(`"${name}"`));
      expect(names(part, "event").filter((name) => !isTold(name) && !excepted(part, name))).to.deep.equal([]);
      expect(names(part, "error").filter((name) => !isRefused(name) && !excepted(part, name))).to.deep.equal([]);
    });
  }

  it("are excepted only where there are such, and no test names them", () => {
    const all = PARTS.flatMap((part) =>
      [...names(part, "event"), ...names(part, "error")].flatMap((name) => [name, `${part}.${name}`]),
    );
    expect(Object.keys(EXCEPTIONS).filter((name) => !all.includes(name))).to.deep.equal([]);
    expect(Object.keys(EXCEPTIONS).filter((name) => inTests(new RegExp(`"${name}"`)))).to.deep.equal([]);
  });
});
