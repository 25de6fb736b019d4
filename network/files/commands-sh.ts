/** commands.sh: the plain command line of each node of this computer, for systemd or a terminal. */
import type { NetworkNode } from "../plan/plan.ts";
import { besuArguments, jvmOptions } from "./launch.ts";

export function commandsSh(nodes: readonly NetworkNode[]): string {
  return `#!/bin/sh
# Runs one node in the foreground until it is stopped (SIGTERM): BESU_HOME=/opt/besu sh commands.sh ${nodes[0]?.id ?? "NODE"}
# 在前台运行一个节点，可直接用于 systemd 的 ExecStart。Made by \`npm run network\`.
set -eu
dir=$(cd "$(dirname "$0")" && pwd)
: "\${BESU_HOME:?Set BESU_HOME to the folder of Besu, the one that holds bin/besu}"
# A BESU_ variable is an option that comes before config.toml: none of another node's may slip in.
for name in $(env | sed -n 's/^\\(BESU_[A-Z0-9_]*\\)=.*/\\1/p'); do
  [ "$name" = BESU_HOME ] || unset "$name"
done
case "\${1:-}" in
${nodes.map(nodeCase).join("\n")}
*)
  echo "Name a node: ${nodes.map(({ id }) => id).join(", ")}" >&2
  exit 2
  ;;
esac
`;
}

function nodeCase(node: NetworkNode): string {
  const at = `$dir/nodes/${node.id}`;
  const options = besuArguments({
    config: `${at}/config.toml`,
    key: `${at}/key`,
    permissions: `${at}/permissions.toml`,
    data: `${at}/data`,
    genesis: "$dir/genesis.json",
    staticNodes: "$dir/static-nodes.json",
  });
  return `${node.id})
  BESU_OPTS="${jvmOptions(node)}" exec "$BESU_HOME/bin/besu" \\
${options.map((option) => `    "${option}"`).join(" \\\n")}
  ;;`;
}
