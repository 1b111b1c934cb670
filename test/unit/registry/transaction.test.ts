// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { Contract, type ContractRunner, Interface, makeError, ZeroAddress } from "ethers";
import { TouchmarkError } from "../../../host/src/errors.ts";
import { read } from "../../../host/src/registry/transaction.ts";
import { refusal } from "../../support/refusal.ts";

const ABI = ["function ask(uint256 id, address who) view returns (uint256)", "error Own(uint256 why)"];
const ERC20 = new Interface(["error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)"]);

/** A contract whose node answers every call with this error. */
function failing(error: Error): Contract {
  const call = async (): Promise<never> => {
    throw error;
  };
  const runner = { provider: null, call } as unknown as ContractRunner;
  return new Contract("0x00000000000000000000000000000000000000aa", ABI, runner);
}

function reverting(data: string): Contract {
  const transaction = { to: null, data: "0x" };
  const details = { action: "call", data, reason: null, transaction, invocation: null, revert: null } as const;
  return failing(makeError("execution reverted", "CALL_EXCEPTION", details));
}

describe("what a call on a contract comes back with", () => {
  it("is the contract's own error by name", async () => {
    const error = await refusal(
      read(reverting(new Interface(ABI).encodeErrorResult("Own", [7])), "ask", 1, ZeroAddress),
    );
    expect(error.code).to.equal("TRANSACTION_REVERTED");
    expect(error.data).to.deep.equal({ error: "Own", args: ["7"], means: "why 7" });
    expect(error.cause, "ethers' name of a custom error that it does not know").to.equal(undefined);
  });

  it("is a token's error by name, where the contract passes it on", async () => {
    const data = ERC20.encodeErrorResult("ERC20InsufficientBalance", [ZeroAddress, 0, 5]);
    const error = await refusal(read(reverting(data), "ask", 1, ZeroAddress));
    expect(error.data).to.deep.include({ error: "ERC20InsufficientBalance", args: [ZeroAddress, "0", "5"] });
    expect(error.data["hint"]).to.contain("too few");
  });

  for (const [what, args] of Object.entries({
    "a number that is none": ["abc", ZeroAddress],
    "a negative number": [-1, ZeroAddress],
    "a short address": [1, "0x12"],
    "a name for an address": [1, "vitalik.eth"],
  })) {
    it(`is USAGE for ${what}, not a node that does not answer`, async () => {
      const contract = failing(new Error("asked all the same"));
      expect((await refusal(read(contract, "ask", ...args))).code).to.equal("USAGE");
    });
  }

  it("is CHAIN_UNREACHABLE where the node does not answer", async () => {
    expect((await refusal(read(failing(new Error("ECONNREFUSED")), "ask", 1, ZeroAddress))).code).to.equal(
      "CHAIN_UNREACHABLE",
    );
  });

  it("is the signer's own refusal, as it stands", async () => {
    const error = new TouchmarkError("KEY_LOCKED");
    expect(await refusal(read(failing(error), "ask", 1, ZeroAddress))).to.equal(error);
  });
});
