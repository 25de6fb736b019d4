/** Council, rewards, payouts and freezes of the replay against the contracts and the API. */
import type { Interface } from "ethers";
import * as abi from "../../gateway/src/chain/contracts.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { ContractSide } from "./compare-contracts.ts";
import type { GovernanceModel } from "../../gateway/src/reports/governance-model.ts";

/** IGovernor.ProposalState. */
const CANCELED = 2n;
const EXECUTED = 7n;

export async function compareGovernance(model: GovernanceModel, side: ContractSide): Promise<void> {
  const { checks, deployment } = side;
  const { allianceToken, collateral, regulatorDesk } = deployment.contracts;
  const ask = asker(side);
  const token = (method: string, ...args: unknown[]) => ask(abi.allianceToken, allianceToken, method, args);
  checks.same("contract: ALP supply", allianceToken, {
    expected: model.alpSupply,
    found: (await token("totalSupply"))[0],
  });
  for (const [year, expected] of model.emitted)
    checks.same("contract: rewards of a year", String(year), { expected, found: (await token("emittedIn", year))[0] });
  for (const [merchantId, { isOpen, ...sums }] of model.payouts) {
    const [found] = (await ask(abi.collateral, collateral, "payoutsOf", [merchantId])) as [Record<string, unknown>];
    for (const [name, expected] of Object.entries({ ...sums, isOpen }))
      checks.same(`contract: payouts, ${name}`, `merchant ${merchantId}`, { expected, found: found[name] });
  }
  for (const [merchantId, expected] of model.limitCuts) {
    const [found] = await ask(abi.collateral, collateral, "limitCutOf", [merchantId]);
    checks.same("contract: limit cut", `merchant ${merchantId}`, { expected, found });
  }
  const [frozen] = await ask(abi.regulatorDesk, regulatorDesk, "frozenCount", []);
  checks.same("contract: accounts frozen everywhere", regulatorDesk, { expected: model.frozen.size, found: frozen });
  for (const account of model.frozen) {
    const [isFrozen] = await ask(abi.regulatorDesk, regulatorDesk, "isFrozen", [account]);
    checks.same("contract: frozen everywhere", account, { expected: true, found: isFrozen });
  }
  await compareCouncil(model, side);
}

async function compareCouncil(model: GovernanceModel, side: ContractSide): Promise<void> {
  const { checks, deployment } = side;
  const ask = asker(side);
  const council = (method: string, ...args: unknown[]) => ask(abi.council, deployment.contracts.council, method, args);
  for (const [id, { tally, votes, end }] of model.proposals) {
    const where = `proposal ${id}`;
    checks.same("contract: votes of a proposal", where, {
      expected: tally.join(),
      found: [...(await council("proposalVotes", id))].join(),
    });
    const [state] = (await council("state", id)) as [bigint];
    const found = state === EXECUTED ? "executed" : state === CANCELED ? "canceled" : undefined;
    checks.same("contract: end of a proposal", where, { expected: end, found });
    for (const [memberId, support] of votes)
      checks.same("contract: vote of a member", `${memberId} on ${where}`, {
        expected: `true,${support}`,
        found: [...(await council("voteOf", id, memberId))].join(),
      });
  }
}

type Ask = (abi: Interface, address: Address, method: string, args: readonly unknown[]) => Promise<readonly unknown[]>;

function asker({ chain, block }: ContractSide): Ask {
  return (of, address, method, args) => readContract(chain, { abi: of, address, method, args, block });
}
