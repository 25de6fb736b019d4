/** A node that misbehaves: an HTTP proxy before a real one, which loses requests, answers and its patience on demand. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";

/**
 * away: drops the connection before the node hears anything. deaf: after the node has heard, so its answer is lost.
 * silent: the node hears, and the answer never comes. broken: HTTP 500.
 */
export type Fault = "away" | "deaf" | "silent" | "broken";

export interface FaultyNode {
  readonly url: string;
  /** Bytes of every transaction that was handed in here, in order. */
  readonly handedIn: string[];
  /** Asked for each request; undefined lets it pass. */
  fault: (method: string) => Fault | undefined;
  /** Called when a transaction has reached the node, before the answer goes back. */
  onDelivered: () => void;
  close(): Promise<void>;
}

export async function startFaultyNode(target: string): Promise<FaultyNode> {
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const node: FaultyNode = {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    handedIn: [],
    fault: () => undefined,
    onDelivered: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { method, params } = JSON.parse(body) as { method: string; params: unknown[] };
    const fault = node.fault(method);
    const isSend = method === "eth_sendRawTransaction";
    if (isSend) node.handedIn.push(String(params[0]));
    if (fault === "away") {
      response.destroy();
      return;
    }
    if (fault === "broken") {
      response.writeHead(500).end();
      return;
    }
    const headers = { "content-type": "application/json" };
    const answer = await fetch(target, { method: "POST", headers, body });
    const text = await answer.text();
    if (isSend) node.onDelivered();
    if (fault === "deaf") response.destroy();
    if (fault === undefined) response.writeHead(answer.status, headers).end(text);
  }
  return node;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
