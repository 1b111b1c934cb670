// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { decisionsOf } from "../../../scripts/branches/conditions.ts";
import { instrument } from "../../../scripts/branches/instrument.ts";

const CONTRACT = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

interface I { function f() external; }

contract C {
    // Offsets are bytes: → is three of them.
    function g(I i, uint256 a, bool b) external returns (uint256) {
        if (!(a > 1 && (b || a == 7))) revert();
        for (uint256 n; n < a; ++n) a = b ? n : a;
        try i.f() { return 1; } catch { return a; }
    }
}
`;

describe("branch coverage", () => {
  const decisions = decisionsOf({ "C.sol": CONTRACT })["C.sol"] ?? [];
  const bytes = Buffer.from(CONTRACT);

  it("sees each operand of && and ||, each condition, and each way out of a try, once", () => {
    const seen = decisions.map(({ kind, start, end }) =>
      kind === "clause" ? kind : bytes.subarray(start, end).toString(),
    );
    expect(seen).to.deep.equal(["a > 1", "b", "a == 7", "n < a", "b", "clause", "clause"]);
  });

  it("wraps them on their own lines, and what it wrote decides the same", () => {
    const lines = instrument(CONTRACT, decisions, 0, "./Outcome.sol").split("\n");
    const told = (n: number, of: string): string => `TOUCHMARK_outcome(${n}, ${of})`;
    expect(lines).to.have.length(CONTRACT.split("\n").length);
    expect(lines[8]).to.include(`if (!(${told(0, "a > 1")} && (${told(1, "b")} || ${told(2, "a == 7")}))) revert();`);
    expect(lines[9]).to.include(`n; ${told(3, "n < a")}; ++n) a = ${told(4, "b")} ? n : a;`);
    expect(lines[10]).to.include(`i.f() { ${told(5, "true")}; return 1; } catch { ${told(6, "true")}; return a; }`);
  });
});
