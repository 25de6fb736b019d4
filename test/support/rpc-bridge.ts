/** A simulated chain as a node over HTTP, for programs that run beside the test; it may lie where a test wants it to. */
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The node's answer in place of the chain's; called for every answer. */
export type Lie = (method: string, result: unknown, params: readonly unknown[]) => unknown;

interface Chain {
  request(call: { method: string; params: unknown[] }): Promise<unknown>;
}

export interface Bridge {
  readonly url: string;
  lie: Lie;
  close(): Promise<void>;
}

export async function openBridge(chain: Chain): Promise<Bridge> {
  const answer = async ({ id, method, params }: Call) => {
    try {
      const result = await chain.request({ method, params: [...params] });
      return { jsonrpc: "2.0", id, result: bridge.lie(method, result, params) };
    } catch (error) {
      return { jsonrpc: "2.0", id, error: { code: -32_000, message: (error as Error).message } };
    }
  };
  const server = createServer((req, res) => {
    void readJson(req).then(async (body) => {
      const answers = Array.isArray(body) ? await Promise.all(body.map(answer)) : await answer(body);
      res.setHeader("content-type", "application/json");
      res.end(JSON.stringify(answers));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bridge: Bridge = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lie: (_method, result) => result,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  return bridge;
}

async function readJson(req: IncomingMessage): Promise<Call | Call[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Call | Call[];
}
