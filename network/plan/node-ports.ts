/** At which address of its computer each port of a node listens: p2p where the others dial it, all else on loopback. */
import type { NodePlan, Ports } from "./plan.ts";

export interface NodePort {
  readonly what: keyof Ports;
  readonly host: string;
  readonly port: number;
}

export function nodePorts({ host, ports }: Pick<NodePlan, "host" | "ports">): NodePort[] {
  const loopback = "127.0.0.1";
  return [
    { what: "p2p", host, port: ports.p2p },
    { what: "rpc", host: loopback, port: ports.rpc },
    { what: "ws", host: loopback, port: ports.ws },
    { what: "metrics", host: loopback, port: ports.metrics },
  ];
}
