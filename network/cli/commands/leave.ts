import type { Command } from "commander";
import { validatorOf } from "../../membership/admit.ts";
import { leaveAlliance } from "../../membership/leave.ts";
import { oneRepresentative } from "../../membership/ledger.ts";
import { rpcUrlOf } from "../../nodes/running-node.ts";
import { NetworkError } from "../../plan/network-error.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

export function addLeave(program: Command): void {
  ledgerOptions(program.command("leave"))
    .description(
      "Takes this organisation out of the alliance and stops its node when it is voted out\n退出联盟，节点被投出后停止",
    )
    .option("--yes", "really: it is for good 确认永久退出")
    .addHelpText(
      "after",
      "Claims the rewards, resigns, waits for the votes of the others' agents, stops node and agent.\n",
    )
    .action(leaveCommand);
}

async function leaveCommand(options: LedgerOptions & { readonly yes?: true }): Promise<void> {
  const { folder, network, ledger } = await openOnLedger(options);
  const own = oneRepresentative(folder, network, options.organisation);
  if (options.yes !== true)
    throw new NetworkError(
      "input",
      `${own.slug} would leave the alliance for good: its vote, its seat and its addresses never come back, and the rewards of the present epoch are forfeited. Run it again with --yes.`,
    );
  await leaveAlliance(ledger, { network, own, rpcUrl: options.rpc ?? rpcUrlOf(validatorOf(network, own.slug)) });
}
