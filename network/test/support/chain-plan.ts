/** The chain of the YAML's defaults, two ways to know its validators. */
import type { ChainPlan } from "../../plan/plan.ts";

export const CHAIN: ChainPlan = {
  chainId: 20_260,
  blockPeriodSeconds: 2,
  requestTimeoutSeconds: 6,
  epochLength: 30_000,
  gasLimit: 60_000_000,
  validatorSelection: "blockheader",
};
export const BY_CONTRACT: ChainPlan = { ...CHAIN, validatorSelection: "contract" };
