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

/** Besu QBFT runs Cancun; OpenZeppelin 5.7 needs it (MCOPY). */
const settings = (runs: number) => ({ evmVersion: "cancun", optimizer: { enabled: true, runs } });

/** Instrumented contracts are larger than the chain allows: they must not take the place of those that are deployed. */
const isCoverage = process.env["LEDGER_COVERAGE"] !== undefined;
const coveragePaths = { artifacts: "cache/coverage/artifacts", cache: "cache/coverage/cache" };

/** A walk of the invariants is 250 steps; one in which merchants leave is 300, over more time: fewer of them do. */
const FUZZ_RUNS = Number(process.env["LEDGER_FUZZ_RUNS"] ?? 400);

export default defineConfig({
  paths: isCoverage ? coveragePaths : {},
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
    compilers: [{ version: "0.8.35", path: solcPath, settings: settings(10_000) }],
    overrides: {
      // OpenZeppelin's Governor with eight extensions: 24,961 bytes by the old pipeline, 19,043 by way of the IR.
      "contracts/alliance/AllianceCouncil.sol": {
        version: "0.8.35",
        path: solcPath,
        settings: { ...settings(200), viaIR: true },
      },
      ...Object.fromEntries(
        ["MerchantPoint", "MerchantPointFactory"].map((name) => [
          `contracts/points/${name}.sol`,
          { version: "0.8.35", path: solcPath, settings: settings(200) },
        ]),
      ),
      ...Object.fromEntries(
        ["Exit.t", "ExitWalk", "Ledger.t", "LedgerWalk", "PointWalk", "RedeemWalk", "World"].map((name) => [
          `test/invariants/${name}.sol`,
          { version: "0.8.35", path: solcPath, settings: settings(200) },
        ]),
      ),
      // Its code stands in genesis files, which must be the same bytes on every organisation's machine: without the hash of
      // the sources, which changes with a comment, and with the line ends that Git writes on Windows.
      "contracts/validators/GenesisValidators.sol": {
        version: "0.8.35",
        path: solcPath,
        settings: { ...settings(10_000), metadata: { bytecodeHash: "none" } },
      },
      // The IR pipeline and a high run count save a swap about 800 gas, and this one small contract compiles in seconds.
      "contracts/exchange/ExchangePool.sol": {
        version: "0.8.35",
        path: solcPath,
        settings: { ...settings(1_000_000), viaIR: true },
      },
    },
  },
  networks: {
    // The chain's own rules also in tests, so that gas figures are the chain's.
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "cancun",
      // The actors of test/support/alliance.ts and the representatives and nodes of seven members.
      accounts: { count: 40 },
    },
  },
  // The compiler at its strictest: what it warns about does not build. Mocks are built to misbehave, npm is not ours.
  warnings: { "*": "error", "contracts/mocks/**/*": "off", "npm/**/*": "off" },
  typechain: { outDir: isCoverage ? "cache/coverage/types" : "types", tsNocheck: true },
  test: {
    mocha: { timeout: 120_000 },
    // Stateful walks: runs × depth calls, every law checked after each. LEDGER_FUZZ_RUNS walks further.
    solidity: {
      fuzz: { seed: "0x20261122", runs: FUZZ_RUNS / 20 },
      invariant: { runs: FUZZ_RUNS, depth: 250, failOnRevert: true },
    },
  },
});
