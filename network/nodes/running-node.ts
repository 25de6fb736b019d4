import type { NetworkNode } from "../plan/plan.ts";

/** A node that was started here, or found running. */
export interface RunningNode {
  readonly node: NetworkNode;
  /** Undefined when somebody else runs it: docker, systemd. */
  readonly pid: number | undefined;
  /** How its process ended, in words with the last ones of its log; undefined while it runs. */
  readonly death: () => string | undefined;
}

export function rpcUrlOf(node: NetworkNode): string {
  return `http://127.0.0.1:${node.ports.rpc}`;
}
