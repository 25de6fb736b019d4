import type { Command } from "commander";
import { finish } from "../../membership/council.ts";
import { representativesHere } from "../../membership/ledger.ts";
import { settleLeftovers } from "../../membership/outgoing.ts";
import { describeProposal, fetchProposal } from "../../membership/proposal.ts";
import { count } from "../option-values.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

export function addExecute(program: Command): void {
  ledgerOptions(program.command("execute"))
    .description(
      "Queues a council proposal that was decided, and executes it when its delay is over\n将已通过的提案排队，并在延迟期满后执行",
    )
    .argument("<proposal>", "its number 提案编号", count)
    .addHelpText("after", "Anybody may do it. While the delay lasts it says until when (exit code 4).\n")
    .action(executeCommand);
}

async function executeCommand(number: number, options: LedgerOptions): Promise<void> {
  const { folder, network, ledger, say } = await openOnLedger(options);
  const id = BigInt(number);
  const here = representativesHere(folder, network, options.organisation);
  await settleLeftovers(
    ledger,
    here.map(({ key }) => key),
  );
  for (const words of describeProposal(ledger, await fetchProposal(ledger, id))) say(`proposal ${id}: ${words}`);
  await finish(ledger, id, here);
}
