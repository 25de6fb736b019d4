/** A merchant's own system: takes webhooks, checks each signature, and remembers how often each message was accepted. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Inbox {
  /** Accepted, by the id of the message; more than 1 is a message told twice. */
  readonly accepted: Map<string, number>;
  forged: number;
}

export interface Receiver {
  /** One inbox a merchant; `secret` comes once its endpoint is registered. */
  open(merchantId: number): { readonly url: string; readonly inbox: Inbox; readonly trust: (secret: string) => void };
  /** The next so many messages are answered 503 after they were read: they must come again. */
  refuseNext(count: number): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const boxes = new Map<string, { inbox: Inbox; secret?: string }>();
  let refusals = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const box = boxes.get(request.url ?? "");
      if (box?.secret === undefined || refusals > 0) {
        refusals = Math.max(0, refusals - 1);
        response.writeHead(503).end();
        return;
      }
      const id = String(request.headers["webhook-id"]);
      try {
        new Webhook(box.secret).verify(
          Buffer.concat(chunks).toString("utf8"),
          request.headers as Record<string, string>,
        );
        box.inbox.accepted.set(id, (box.inbox.accepted.get(id) ?? 0) + 1);
        response.writeHead(204).end();
      } catch {
        box.inbox.forged += 1;
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open(merchantId) {
      const path = `/hooks/${merchantId}`;
      const box: { inbox: Inbox; secret?: string } = { inbox: { accepted: new Map(), forged: 0 } };
      boxes.set(path, box);
      return {
        url: `http://127.0.0.1:${port}${path}`,
        inbox: box.inbox,
        trust: (secret) => void (box.secret = secret),
      };
    },
    refuseNext: (count) => void (refusals = count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
