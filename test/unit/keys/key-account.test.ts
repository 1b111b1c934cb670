// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { Transaction } from "ethers";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../../host/src/keys/memory-signer.ts";
import { KeyAccount, staticProvider } from "../../../host/src/registry/key-account.ts";

const FIELDS = {
  type: 2,
  chainId: 31_337n,
  nonce: 5,
  to: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  data: "0x1234",
  value: 7n,
  gasLimit: 90_000n,
  maxFeePerGas: 3n,
  maxPriorityFeePerGas: 2n,
} as const;

describe("an account on a key", () => {
  const signer = memorySigner(newSecret());
  const provider = staticProvider("http://127.0.0.1:1", FIELDS.chainId);
  const account = new KeyAccount(signer, provider);
  after(() => {
    provider.destroy();
    signer.close();
  });

  const requests = {
    "what a caller writes": { ...FIELDS, from: signer.address },
    "what ethers filled in": Transaction.from(FIELDS),
  };
  for (const [name, request] of Object.entries(requests)) {
    it(`signs every field of ${name}`, async () => {
      const signed = Transaction.from(await account.signTransaction(request));
      expect(signed.from?.toLowerCase()).to.equal(signer.address);
      expect(signed).to.include(FIELDS);
    });
  }

  it("asks its own node for fees on Polygon, not the web service that ethers knows", async () => {
    const provider = staticProvider("http://127.0.0.1:9/", 137n);
    const network = await provider.getNetwork();
    expect([network.chainId, network.plugins]).to.deep.equal([137n, []]);
    provider.destroy();
  });
});
