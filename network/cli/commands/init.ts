import type { Command } from "commander";
import { keyMaker } from "../../files/make-keys.ts";
import { makeNetwork } from "../../files/make-network.ts";
import { EXAMPLE } from "../../plan/example.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import type { NetworkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import { nodesHere } from "../../plan/network-file.ts";
import type { NetworkFile } from "../../plan/plan.ts";
import { readYamlPlan } from "../read-yaml.ts";

interface InitOptions {
  readonly dir: string;
  readonly organisation?: string;
  readonly seed?: string;
  readonly example?: true;
}

const MORE = `
One computer for all 全部在一台机器上:
  npm run network -- init --example > network.yaml
  npm run network -- init network.yaml
Each organisation its own machine 各机构各自的机器:
  npm run network -- keys network.yaml --organisation SLUG    first, everywhere; the public keys go into the YAML
  npm run network -- init network.yaml --organisation SLUG    then, everywhere, with the same YAML; compare the digests
The folder then holds network.json, genesis.json, static-nodes.json, docker-compose.yml, commands.sh and a folder for each
node of this computer. A folder that holds a network is refused. Fields of the YAML: docs/reference/network-yaml.md
`;

export function addInit(program: Command): void {
  program
    .command("init")
    .description(
      "Makes a network from one YAML: keys, genesis, configuration, and how to start it\n由一个 YAML 生成整个网络：密钥、创世块、配置与启动方法",
    )
    .argument("[yaml]", "what the organisations agreed on 各机构共同商定的文件")
    .option("--dir <dir>", "where the network's files go 网络文件目录", DEFAULT_DIR)
    .option("--organisation <slug>", "only this one's nodes run here; needs every publicKey 仅生成该机构的节点")
    .option("--seed <text>", "for tests: whoever knows the text has every key 仅供测试：由文本生成密钥")
    .option("--example", "prints a YAML to start from, and does nothing else 打印示例")
    .addHelpText("after", MORE)
    .action((yaml: string | undefined, options: InitOptions) => {
      if (options.example === true) process.stdout.write(EXAMPLE);
      else init(yaml, options);
    });
}

function init(yaml: string | undefined, options: InitOptions): void {
  if (yaml === undefined)
    throw new NetworkError(
      "input",
      "Name the YAML: npm run network -- init network.yaml. `init --example > network.yaml` writes one to start from.",
    );
  const { plan, warnings } = readYamlPlan(yaml);
  for (const warning of warnings) console.log(`! ${warning}`);
  if (options.seed !== undefined)
    console.log("! Keys from --seed are for tests only: whoever knows the text has every key of this network.");
  const folder = networkFolder(options.dir);
  const network = makeNetwork({
    plan,
    folder,
    organisation: options.organisation,
    make: keyMaker(options.seed),
    // Windows has neither; containers there run as the image's user.
    owner: { uid: process.getuid?.() ?? 1_000, gid: process.getgid?.() ?? 1_000 },
  });
  console.log(summary(network, folder, options));
}

function summary(network: NetworkFile, folder: NetworkFolder, { dir, organisation }: InitOptions): string {
  const here = nodesHere(folder, network);
  const validators = network.nodes.filter(({ role }) => role === "validator").length;
  const slugs = [...new Set(here.map((node) => node.organisation))];
  const at = dir === DEFAULT_DIR ? "" : ` --dir ${dir}`;
  const own = organisation === undefined ? "" : ` --organisation ${organisation}`;
  return [
    `\nNetwork ${network.name} 网络: chain ${network.chain.chainId}, ${validators} validators of ${network.nodes.length} nodes, a block every ${network.chain.blockPeriodSeconds} s.`,
    ...network.nodes.map(
      (node) =>
        `  ${node.id.padEnd(20)} ${node.role.padEnd(9)}  ${node.address}  ${node.enode.slice(0, 24)}…${node.enode.slice(136)}`,
    ),
    `\nGenesis digest 创世文件摘要: ${network.genesisDigest}`,
    "Every organisation must have the same one before it starts. 各机构启动前必须核对一致。",
    "\nKeep secret, and keep a copy away from this computer 须保密并另存备份:",
    ...slugs.flatMap((slug) => [
      `  ${slug}`,
      ...here
        .filter((node) => node.organisation === slug)
        .map(
          (node) => `    ${folder.node(node.id).key}   the node's identity; whoever has it can take its place 节点身份`,
        ),
      `    ${folder.representativeKey(slug)}   the organisation's vote in the alliance 机构在联盟中的投票权`,
    ]),
    "All else in the folder may be shown. 目录中其余文件均可公开。",
    "\nNext 下一步:",
    `  BESU_HOME=/opt/besu npm run network -- up${own}${at}        starts the nodes and waits for blocks 启动并等待出块`,
    `  npm run network -- deploy${at}                           puts the contracts on the chain 部署合约`,
    `Without it 不用本工具启动: docker compose -f ${folder.compose} up -d, or sh ${folder.commands} ${here[0]?.id ?? "NODE"}`,
  ].join("\n");
}
