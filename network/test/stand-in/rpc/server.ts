/** JSON-RPC over HTTP and WebSocket, with /liveness and /readiness, behind a list of host names. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { Backend } from "./backend.ts";
import type { Dispatch, Request } from "./dispatch.ts";
import { RpcRefusal } from "./rpc-errors.ts";
import { Subscriptions } from "./subscriptions.ts";

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly hostAllowlist: readonly string[];
  readonly maxBatchSize: number;
  readonly dispatch: Dispatch;
  readonly backend: Backend;
  /** A drill's switch: every answer waits that long. */
  readonly delayMs?: () => number;
}

export interface RunningServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function startHttp(options: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    serve(request, response, options).catch(() => response.destroy());
  });
  return listening(server, options);
}

export async function startWebSocket(
  options: ServerOptions,
): Promise<RunningServer & { readonly dropSockets: () => void }> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ req }: { req: IncomingMessage }) => isHostAllowed(req, options.hostAllowlist),
  });
  sockets.on("connection", (socket: WebSocket) => {
    const subscriptions = new Subscriptions(options.backend, (message) => socket.send(message));
    socket.on("message", (data: Buffer) => {
      void answerAll(data.toString("utf8"), options, subscriptions).then(({ body }) => socket.send(body));
    });
    socket.on("close", () => subscriptions.end());
    socket.on("error", () => socket.terminate());
  });
  const running = await listening(server, options);
  const dropSockets = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  const close = async (): Promise<void> => {
    dropSockets();
    sockets.close();
    await running.close();
  };
  return { port: running.port, close, dropSockets };
}

/** Bound to that port (0: any), with a way to end it and whoever is connected. */
export async function listening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const json = { "content-type": "application/json" };
  if (!isHostAllowed(request, options.hostAllowlist)) {
    response.writeHead(403, json).end('{"message":"Host not authorized."}');
    return;
  }
  const path = (request.url ?? "/").split("?")[0];
  if (path === "/liveness") return void response.writeHead(200, json).end('{"status":"UP"}');
  if (path === "/readiness") {
    const isReady = options.backend.admin.peers().length > 0 && options.backend.syncTarget === undefined;
    return void response.writeHead(isReady ? 200 : 503, json).end(`{"status":"${isReady ? "UP" : "DOWN"}"}`);
  }
  if (request.method !== "POST") return void response.writeHead(405).end();
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const { status, body } = await answerAll(text, options, undefined);
  response.writeHead(status, json).end(body);
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

async function answerAll(
  text: string,
  options: ServerOptions,
  subscriptions: Subscriptions | undefined,
): Promise<Answered> {
  const delayMs = options.delayMs?.() ?? 0;
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  let asked: unknown;
  try {
    asked = JSON.parse(text);
  } catch {
    return { status: 400, body: refused("PARSE_ERROR") };
  }
  const answer = (request: Request): object | Promise<object> =>
    subscriptions?.answer(request) ?? options.dispatch(request);
  if (!Array.isArray(asked)) return { status: 200, body: JSON.stringify(await answer(asked ?? {})) };
  if (options.maxBatchSize > 0 && asked.length > options.maxBatchSize)
    return { status: 400, body: refused("EXCEEDS_RPC_MAX_BATCH_SIZE") };
  if (asked.length === 0) return { status: 400, body: refused("INVALID_REQUEST") };
  const answers: object[] = [];
  for (const one of asked as Request[]) answers.push(await answer(one));
  return { status: 200, body: JSON.stringify(answers) };
}

function refused(name: "PARSE_ERROR" | "INVALID_REQUEST" | "EXCEEDS_RPC_MAX_BATCH_SIZE"): string {
  return JSON.stringify({ jsonrpc: "2.0", id: null, error: new RpcRefusal(name).json });
}

function isHostAllowed(request: IncomingMessage, allowlist: readonly string[]): boolean {
  if (allowlist.includes("*") || allowlist.includes("all")) return true;
  const name = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  return allowlist.some((allowed) => allowed.toLowerCase() === name);
}
