import type { Command } from "commander";
import { followAlliance } from "../../membership/follow-alliance.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

const MORE = `
Only for networks with validatorSelection: contract, after hand-over. Two thirds of the genesis' validators name the alliance
with their nodes' keys; then its members are the validators, for good. Each organisation runs it where its node is.
`;

export function addFollowAlliance(program: Command): void {
  ledgerOptions(program.command("follow-alliance"))
    .description(
      "Contract mode: lets the genesis validator contract follow the alliance\n合约模式：让创世验证者合约跟随联盟合约",
    )
    .addHelpText("after", MORE)
    .action(async (options: LedgerOptions) => {
      const { ledger, network } = await openOnLedger(options);
      await followAlliance(ledger, network);
    });
}
