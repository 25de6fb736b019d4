/** The node of an agent under test, behind the proxy that loses what it is told to. */
import type { Fault, FaultProxy } from "../../../gateway/test/support/fault-proxy.ts";
import { startFaultProxy } from "../../../gateway/test/support/fault-proxy.ts";

export type { Fault };
export type FaultyNode = Pick<FaultProxy, "url" | "handedIn" | "fault" | "onDelivered" | "close">;

export function startFaultyNode(target: string): Promise<FaultyNode> {
  return startFaultProxy(target);
}
