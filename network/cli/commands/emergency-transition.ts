import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { parseAddress } from "../../../gateway/src/kernel/ids.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { quorumOf } from "../../nodes/status.ts";
import { writeTransition } from "../../nodes/emergency.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { count } from "../option-values.ts";
import { startProgress } from "../progress.ts";

const HELP = `
For the day when a third or more of the validators are lost for good, so that neither blocks nor votes are made any more;
with a validator contract also when the contract answers nonsense. It names the validators in genesis.json from one block
on. Block 0 stays the same. Every organisation must do the same, with the same --validators and the same block, and compare
the digest that is printed: nodes with another file part ways with the rest. Those that are away now need the file too,
before they start again. What the alliance decided about its validators is not changed by it: set that right afterwards.
仅用于验证者永久丢失三分之一以上、链无法继续的情况：各机构须用相同参数执行、核对摘要，再全部重启。

On a chain that stands still the block is the one after the highest block that any node of any organisation has: ask all
of them, and give it with --head when theirs is higher than yours.

Examples 示例
  npm run network -- emergency-transition --validators 0x…,0x…,0x…,0x…
  npm run network -- emergency-transition --validators 0x…,0x…,0x…,0x… --head 120311
`;

interface EmergencyFlags {
  readonly dir: string;
  readonly validators: Address[];
  readonly block?: number;
  readonly head?: number;
}

export function addEmergencyTransition(program: Command): void {
  program
    .command("emergency-transition")
    .description("Names the validators in genesis.json, when votes can not any more\n紧急情况下在创世文件中指定验证者")
    .requiredOption("--validators <addresses>", "who seals from then on, by commas 此后的验证者", addresses)
    .option("--block <number>", "from which block on; must be in the future 生效区块", count)
    .option("--head <number>", "the highest block that any organisation's node has 全网最高区块", count)
    .option("--dir <folder>", "the network's folder 网络目录", DEFAULT_DIR)
    .addHelpText("after", HELP)
    .action(async ({ dir, validators, block, head }: EmergencyFlags) => {
      const folder = networkFolder(dir);
      const done = await writeTransition(folder, { validators, block, head }, startProgress());
      const n = validators.length;
      console.log(
        `${folder.genesis} names ${n} validators from block ${done.block} on; ${quorumOf(n)} of them must run.`,
      );
      if (n < 4)
        console.log("Fewer than 4: none of them may be away. Let more in by votes as soon as blocks are made.");
      for (const one of done.strangers)
        console.log(`${one} is no node that network.json knows: be sure that it exists.`);
      console.log(`
Genesis digest 创世文件摘要: ${done.digest}
The file before: ${done.keptAt}

Next 下一步:
  1. Every organisation runs this command with --block ${done.block} and the same --validators, and compares the digest.
     Where no node runs: add --head ${done.block - 1}.
  2. Then everybody: down, up (docker compose up -d --force-recreate for containers). Blocks come when ${quorumOf(n)} of them run.
  3. Nodes that are away need this genesis.json before they start again.`);
    });
}

function addresses(text: string): Address[] {
  return text.split(",").map((part) => {
    try {
      return parseAddress(part.trim());
    } catch {
      throw new InvalidArgumentError(`${part.trim()} is no address: 0x and 40 hex digits.`);
    }
  });
}
