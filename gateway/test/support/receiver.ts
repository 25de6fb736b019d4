/** A shop's own server that is told of events: keeps what came, answers as the test says. */
import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** `answer` gives the status of each request; one that never resolves leaves the sender waiting. */
export async function startReceiver(
  answer: (got: Received, count: number) => number | Promise<number>,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    void (async () => {
      const got = { path: req.url ?? "", headers: req.headers, body: await text(req) };
      received.push(got);
      res.writeHead(await answer(got, received.length)).end("seen");
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
