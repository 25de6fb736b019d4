import type { Command } from "commander";
import { admit } from "../../membership/admit.ts";
import { verifyRequest } from "../../membership/admission-request.ts";
import { representativesHere } from "../../membership/ledger.ts";
import { readJsonFile } from "../../membership/signed-file.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

export function addAdmit(program: Command): void {
  ledgerOptions(program.command("admit"))
    .description(
      "Proposes the admission of an organisation to the council, and votes for it\n向理事会提案接纳一家机构并投赞成票",
    )
    .argument("<request>", "admission-request.json of the organisation 该机构的加入申请")
    .addHelpText("after", "Other members then run vote; whoever runs this again after the delay executes it.\n")
    .action(admitCommand);
}

async function admitCommand(path: string, options: LedgerOptions): Promise<void> {
  const { folder, network, ledger } = await openOnLedger(options);
  const { chainId, genesisHash, contracts } = ledger.deployment;
  const json = readJsonFile(path, "admission request");
  const request = verifyRequest(json, { chainId, genesisHash, alliance: contracts.alliance });
  await admit(ledger, request, representativesHere(folder, network, options.organisation));
}
