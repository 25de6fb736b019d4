import type { Command } from "commander";
import { keyMaker, makeOrganisationKeys } from "../../files/make-keys.ts";
import { DEFAULT_DIR, networkFolder } from "../../plan/folder.ts";
import { readYamlPlan } from "../read-yaml.ts";

interface KeysOptions {
  readonly dir: string;
  readonly organisation: string;
  readonly seed?: string;
}

export function addKeys(program: Command): void {
  program
    .command("keys")
    .description(
      "Makes the node keys of one organisation and prints what it may show others\n为一家机构生成节点密钥，并打印可公开的部分",
    )
    .argument("<yaml>", "the network as agreed so far, without this organisation's public keys 网络文件草稿")
    .requiredOption("--organisation <slug>", "whose keys 机构")
    .option("--dir <dir>", "where the network's files go 网络文件目录", DEFAULT_DIR)
    .option("--seed <text>", "for tests: whoever knows the text has every key 仅供测试：由文本生成密钥")
    .addHelpText("after", "\nCan be run again: keys that are there stay. The private keys never leave the folder.\n")
    .action(makeKeys);
}

function makeKeys(yaml: string, { dir, organisation, seed }: KeysOptions): void {
  const { plan } = readYamlPlan(yaml);
  const folder = networkFolder(dir);
  const keys = makeOrganisationKeys(plan, folder, organisation, keyMaker(seed));
  if (seed !== undefined)
    console.log("# Keys from --seed are for tests only: whoever knows the text has every key of this network.");
  console.log(`# Add to ${organisation}'s nodes in the YAML that all organisations share 加入共享的 YAML:`);
  for (const [id, key] of keys.nodes) console.log(`      - id: ${id}\n        publicKey: "${key.publicKey}"`);
  console.log(`# Representative 代表地址: ${keys.representative.address}`);
  console.log("# Keep secret, and keep a copy away from this computer 须保密并另存备份:");
  for (const id of keys.nodes.keys()) console.log(`#   ${folder.node(id).key}`);
  console.log(`#   ${folder.representativeKey(organisation)}`);
  const at = dir === DEFAULT_DIR ? "" : ` --dir ${dir}`;
  console.log(`# Next 下一步: npm run network -- init ${yaml} --organisation ${organisation}${at}`);
}
