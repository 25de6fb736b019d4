import type { Command } from "commander";
import { handOver } from "../../membership/admit.ts";
import { activeOnes } from "../../membership/council.ts";
import { writeRequests } from "../../membership/founding-request.ts";
import { representativesHere } from "../../membership/ledger.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

const MORE = `
With all organisations in one folder: one proposal admits them all; the founding member decides it alone and for the last time.
On a machine of an organisation that is no member yet: writes its admission request, which a member brings in with admit.
With the usual rules the proposal counts after two days: run hand-over again then (exit code 4 until it is done).
`;

export function addHandOver(program: Command): void {
  ledgerOptions(program.command("hand-over"))
    .description("Admits the other organisations of this computer by council proposals\n通过理事会提案接纳其余机构")
    .addHelpText("after", MORE)
    .action(handOverCommand);
}

async function handOverCommand(options: LedgerOptions): Promise<void> {
  const { folder, network, ledger, say } = await openOnLedger(options);
  const here = representativesHere(folder, network, options.organisation);
  if ((await activeOnes(ledger, here)).length === 0) {
    const paths = writeRequests(ledger, network, here);
    for (const path of paths)
      say(`no member's key is here: wrote ${path}; a member runs: npm run network -- admit ${path}`);
    return;
  }
  const { admitted } = await handOver(ledger, network, here);
  for (const name of admitted) say(`${name} is a member`);
  if (admitted.length === 0) say("all organisations of this folder are members");
}
