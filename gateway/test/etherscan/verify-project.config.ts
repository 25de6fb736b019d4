/** The whole configuration of a project that checks its sources with this explorer; copied into a project of the test. */
import hardhatVerify from "@nomicfoundation/hardhat-verify";
import { createRequire } from "node:module";
import { defineConfig } from "hardhat/config";

const explorer = process.env["LEDGER_EXPLORER_URL"] ?? "http://127.0.0.1:8080";

const compiler = {
  version: "0.8.35",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 10_000 } },
};

export default defineConfig({
  plugins: [hardhatVerify],
  // The plugin builds by the profile `production`, which knows nothing of the settings of the other one.
  solidity: { profiles: { default: compiler, production: compiler } },
  networks: {
    ledger: { type: "http", chainType: "l1", url: process.env["LEDGER_RPC_URL"] ?? "http://127.0.0.1:8545" },
  },
  chainDescriptors: {
    20260: {
      name: "Alliance points ledger",
      blockExplorers: { etherscan: { name: "Ledger explorer", url: explorer, apiUrl: `${explorer}/api` } },
    },
  },
  // Any word: the explorer asks for none, the plugin does.
  verify: { etherscan: { apiKey: "none" } },
});
