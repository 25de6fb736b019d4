import type { Command } from "commander";
import { invite } from "../../membership/invite.ts";
import { oneRepresentative } from "../../membership/ledger.ts";
import { count } from "../option-values.ts";
import type { LedgerOptions } from "../membership-options.ts";
import { ledgerOptions, openOnLedger } from "../membership-options.ts";

interface InviteOptions extends LedgerOptions {
  readonly to: string;
  readonly name: string;
  readonly days: number;
}

const MORE = `
The file holds the genesis, its digest, the nodes to dial and the contracts' addresses; nothing in it is secret, and nothing
in it can be changed on the way. Tell the invited organisation your representative's address by telephone (--signer).
`;

export function addInvite(program: Command): void {
  ledgerOptions(program.command("invite"))
    .description("Writes a signed invitation for an organisation\n为一家机构签发邀请文件")
    .requiredOption("--to <slug>", "short name of the invited organisation: a-z, 0-9, hyphens 受邀机构简称")
    .requiredOption("--name <name>", "as it will stand in the alliance, at most 64 bytes 受邀机构全称")
    .option("--days <days>", "until it expires 有效天数", count, 14)
    .addHelpText("after", MORE)
    .action(inviteCommand);
}

async function inviteCommand(options: InviteOptions): Promise<void> {
  const { folder, network, ledger } = await openOnLedger(options);
  const by = oneRepresentative(folder, network, options.organisation);
  const guest = { slug: options.to, name: options.name, validSeconds: options.days * 86_400 };
  const path = await invite(ledger, network, by, guest);
  console.log(`
Invitation 邀请文件: ${path}      valid for ${options.days} days 有效 ${options.days} 天
Send it to ${options.name}, who runs: npm run network -- join FILE --signer ${by.key.address} --host ITS-IP-ADDRESS
Signer 签发人 ${by.key.address}: tell it by another way than the file 请通过其他途径告知对方核对。
Next 下一步: npm run network -- accept node-card.json      when the card has come back 收到对方节点名片后执行`);
}
