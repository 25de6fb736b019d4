/** `down`: agents first, so that they do not report nodes that are meant to be away; then the nodes, all at once. */
import type { NetworkFolder } from "../plan/folder.ts";
import type { NetworkNode } from "../plan/plan.ts";
import { stopAgent } from "./agent-process.ts";
import { besuPid, stopBesu } from "./besu-process.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";

/** Besu closes its database in a second or two. Killed in between it recovers from its log at the next start. */
const PATIENCE_MS = 60_000;
const TELL_EVERY_MS = 5_000;

type Say = (line: string) => void;

/** Says which nodes run on because somebody else started them. */
export async function takeDown(folder: NetworkFolder, nodes: readonly NetworkNode[], say: Say): Promise<void> {
  await Promise.all(
    nodes.map(async ({ id }) => {
      if (await stopAgent(folder, id)) say(`The agent of ${id} is stopped.`);
    }),
  );
  const left = new Set(nodes.filter(({ id }) => besuPid(folder, id) !== undefined).map(({ id }) => id));
  if (left.size > 0) say(`Asking ${[...left].join(", ")} to stop …`);
  const teller = setInterval(() => {
    say(`Still stopping: ${[...left].join(", ")}.`);
  }, TELL_EVERY_MS);
  try {
    await Promise.all(
      nodes.map(async (node) => {
        const how = await stopBesu(folder, node.id, PATIENCE_MS);
        left.delete(node.id);
        if (how === "asked") say(`${node.id} is stopped.`);
        if (how === "killed") say(`${node.id} did not stop within ${PATIENCE_MS / 1_000} s and was killed.`);
        if (how === false) say(await whyNotStopped(node));
      }),
    );
  } finally {
    clearInterval(teller);
  }
}

async function whyNotStopped(node: NetworkNode): Promise<string> {
  const { address } = await lookAtNode(rpcUrlOf(node));
  if (address !== node.address) return `${node.id} did not run.`;
  return `${node.id} runs on: this program did not start it. Stop it where it was started (docker compose down, systemctl stop …).`;
}
