// SPDX-License-Identifier: Apache-2.0
import { createRequire } from "node:module";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import { defineConfig } from "hardhat/config";

// The compiler is the npm package's: nothing is downloaded.
const soljson = createRequire(import.meta.url).resolve("solc/soljson.js");

export default defineConfig({
  plugins: [hardhatEthers, hardhatMocha],
  solidity: {
    version: "0.8.30",
    path: soljson,
    settings: {
      evmVersion: "prague",
      optimizer: { enabled: true, runs: 1000 },
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["storageLayout"] } },
    },
  },
  paths: {
    sources: ["contracts/src", "contracts/dev"],
    tests: "test/contracts",
    artifacts: "build/contracts",
    cache: "build/hardhat",
  },
  coverage: { skipFiles: ["contracts/dev/**", "contracts/Outcome.sol"] },
  test: {
    solidity: {
      blockGasLimit: false,
      transactionGasCap: false,
      fuzz: { runs: 256 },
      invariant: { runs: 8, depth: 100 },
    },
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", chainId: 31337 },
  },
});
