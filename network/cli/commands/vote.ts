import type { Command } from "commander";
import { castVote, votingOpen } from "../../membership/council.ts";
import { representativesHere } from "../../membership/ledger.ts";
import { settleLeftovers } from "../../membership/outgoing.ts";
import { describeProposal, fetchProposal, fetchState, votersLeft, votesNeeded } from "../../membership/proposal.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { count } from "../option-values.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

interface VoteOptions extends LedgerOptions {
  readonly against?: true;
  readonly abstain?: true;
  readonly show?: true;
}

export function addVote(program: Command): void {
  ledgerOptions(program.command("vote"))
    .description("Votes on a council proposal with a representative's key\n用代表密钥对理事会提案投票")
    .argument("<proposal>", "its number 提案编号", count)
    .option("--show", "only says what the proposal would do 仅显示提案内容")
    .option("--against", "votes against it 反对")
    .option("--abstain", "counts as not being for it 弃权")
    .addHelpText("after", "For it unless told otherwise. A vote cannot be changed. 默认赞成；投票后不可更改。\n")
    .action(voteCommand);
}

async function voteCommand(number: number, options: VoteOptions): Promise<void> {
  const { folder, network, ledger, say } = await openOnLedger(options);
  const id = BigInt(number);
  if (options.against === true && options.abstain === true)
    throw new NetworkError("input", "--against and --abstain: choose one.");
  const support = options.against === true ? "against" : options.abstain === true ? "abstain" : "for";
  for (const words of describeProposal(ledger, await fetchProposal(ledger, id))) say(`proposal ${id}: ${words}`);
  if (options.show !== true) {
    const here = representativesHere(folder, network, options.organisation);
    await settleLeftovers(
      ledger,
      here.map(({ key }) => key),
    );
    await votingOpen(ledger, id);
    const voters = (await fetchState(ledger, id)) === "active" ? await votersLeft(ledger, { id }, here) : [];
    if (voters.length === 0) say("no representative of this folder has a vote left on it");
    for (const voter of voters)
      if ((await fetchState(ledger, id)) === "active") await castVote(ledger, { id }, voter, support);
  }
  const after = await fetchProposal(ledger, id);
  say(`proposal ${id} is ${after.state}: ${after.votesFor} for it, ${await votesNeeded(ledger, after)} needed`);
  if (after.state === "succeeded" || after.state === "queued")
    say(`next: npm run network -- execute ${id}, by anybody`);
}
