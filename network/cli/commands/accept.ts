import type { Command } from "commander";
import { accept } from "../../membership/invite.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

export function addAccept(program: Command): void {
  ledgerOptions(program.command("accept"))
    .description("Lets the node of an invited organisation connect\n允许受邀机构的节点接入")
    .argument("<card>", "node-card.json of the invited organisation 对方的节点名片")
    .option("--invitation <file>", "the invitation, when another member wrote it 其他成员签发的邀请文件")
    .addHelpText(
      "after",
      "It lets the node read the chain. Members are made by the council alone. 仅允许同步，成员资格由理事会决定。\n",
    )
    .action(async (cardFile: string, options: LedgerOptions & { readonly invitation?: string }) => {
      const { network, ledger, say } = await openOnLedger(options);
      const node = await accept(ledger, network, { cardFile, invitationFile: options.invitation });
      say(`accepted ${node.address} of ${node.organisation}: ${node.enode}`);
    });
}
