import type { Command } from "commander";
import { deployLedger } from "../../membership/deploy.ts";
import type { FolderOptions } from "../membership-options.ts";
import { folderOptions, openFolder } from "../membership-options.ts";

const MORE = `
The first organisation of the network deploys and is the founding member, alone in the council until hand-over. deployer.key
is made for it, costs nothing and has no power afterwards. A deployment that was cut short goes on when run again.

--parameters takes a JSON file of the rules that differ from the defaults, for a test network for example:
  {"routineDelaySeconds": 5, "dangerousDelaySeconds": 10, "votingPeriodSeconds": 3600, "rewardEpochSeconds": 600,
   "rewardWindowSeconds": 30, "rewardWindowsRequired": 12}
Without it: voting 7 days, 1 hour before routine decisions count, 2 days before dangerous ones, epochs of a day.
`;

export function addDeploy(program: Command): void {
  folderOptions(program.command("deploy"))
    .description(
      "Deploys the ledger's contracts, writes deployment.json and starts the agents\n部署账本合约，写入 deployment.json 并启动节点代理",
    )
    .option("--parameters <file>", "rules that differ from the defaults 与默认值不同的规则")
    .addHelpText("after", MORE)
    .action(deployCommand);
}

async function deployCommand(options: FolderOptions & { readonly parameters?: string }): Promise<void> {
  const { folder, network, say } = openFolder(options.dir);
  await deployLedger({ folder, network, say, rpc: options.rpc, parameters: options.parameters });
  console.log(`
Contracts 合约地址: ${folder.deployment}
Not secret: copy it into the folder of every organisation, and run up there again. 可公开，请复制给各机构并再次执行 up。
Next 下一步: npm run network -- hand-over --dir ${options.dir}      admits the other organisations 接纳其余机构`);
}
