import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatIgnition from "@nomicfoundation/hardhat-ignition-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatTypechain from "@nomicfoundation/hardhat-typechain";
import ignoreWarnings from "hardhat-ignore-warnings";
import { defineConfig } from "hardhat/config";

/** The wasm compiler from npm: no download from anywhere else. Hardhat wants an absolute path. */
const solcPath = import.meta.dirname + "/node_modules/solc/soljson.js";

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatChaiMatchers,
    hardhatIgnition,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatTypechain,
    ignoreWarnings,
  ],
  solidity: {
    version: "0.8.35",
    path: solcPath,
    settings: {
      // Besu QBFT runs Cancun; OpenZeppelin 5.7 needs it (MCOPY). viaIR is off: it doubles the wasm compile time.
      evmVersion: "cancun",
      optimizer: { enabled: true, runs: 10_000 },
    },
  },
  // The compiler at its strictest: what it warns about does not build. Mocks are built to misbehave.
  warnings: { "*": "error", "contracts/mocks/**/*": "off", "npm/**/*": "off" },
  typechain: { outDir: "types", tsNocheck: true },
  test: { mocha: { timeout: 120_000 } },
});
