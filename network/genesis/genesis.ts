/** Block 0 as Besu reads it. The same plan and keys give the same bytes on every machine: organisations compare digests. */
import { keccak256 } from "ethers";
import { parseHex32, ZERO_ADDRESS } from "../../gateway/src/kernel/ids.ts";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import type { ChainPlan } from "../plan/plan.ts";
import { genesisExtraData } from "./extra-data.ts";
import { VALIDATOR_CONTRACT, validatorContractAccount } from "./validator-contract.ts";

/** QBFT's mark in every header ("dcial byzantine fault tolerance"): without it Besu refuses the genesis. */
const MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";

/** All forks at block 0 up to Cancun. */
const FORKS = {
  homesteadBlock: 0,
  eip150Block: 0,
  eip155Block: 0,
  eip158Block: 0,
  byzantiumBlock: 0,
  constantinopleBlock: 0,
  petersburgBlock: 0,
  istanbulBlock: 0,
  berlinBlock: 0,
  londonBlock: 0,
  shanghaiTime: 0,
  cancunTime: 0,
} as const;

/**
 * Left out on purpose: `emptyblockperiodseconds` (stalls when a proposer crashes, Besu #11031), `miningbeneficiary` (it
 * would hide the proposer from contracts), the three system contracts' addresses (with them Besu calls contracts that are
 * not there before every block) and Prague and later, whose headers need more than the contracts use.
 */
export function genesisText(chain: ChainPlan, validators: readonly Address[]): string {
  const isContract = chain.validatorSelection === "contract";
  const genesis = {
    config: {
      chainId: chain.chainId,
      ...FORKS,
      zeroBaseFee: true,
      qbft: {
        blockperiodseconds: chain.blockPeriodSeconds,
        requesttimeoutseconds: chain.requestTimeoutSeconds,
        epochlength: chain.epochLength,
        ...(isContract ? { validatorcontractaddress: VALIDATOR_CONTRACT } : {}),
      },
    },
    nonce: "0x0",
    timestamp: "0x0",
    difficulty: "0x1",
    gasLimit: `0x${chain.gasLimit.toString(16)}`,
    // Else block 0 has 1 gwei, and the first transactions are priced by it.
    baseFeePerGas: "0x0",
    mixHash: MIX_HASH,
    coinbase: ZERO_ADDRESS,
    // With a contract the header must name nobody: Besu would warn and ignore them.
    extraData: genesisExtraData(isContract ? [] : validators),
    alloc: isContract ? { [VALIDATOR_CONTRACT]: validatorContractAccount(validators) } : {},
  };
  return `${JSON.stringify(genesis, null, 2)}\n`;
}

/** keccak-256 of the file's bytes. */
export function genesisDigest(text: string): Hex32 {
  return parseHex32(keccak256(Buffer.from(text, "utf8")));
}
