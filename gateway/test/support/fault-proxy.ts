/** A node that misbehaves: a proxy before a real one, which loses requests, answers, sockets and its patience on demand. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * away: drops the connection before the node hears anything. deaf: after the node has heard, so its answer is lost.
 * silent: the node hears, and the answer never comes. broken: HTTP 500.
 */
export type Fault = "away" | "deaf" | "silent" | "broken";

export interface RpcCall {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The body of one answer: `{ result }` or `{ error: { code, message } }`. */
export type RpcBody = Readonly<Record<string, unknown>>;

export interface FaultProxy {
  readonly url: string;
  readonly wsUrl: string;
  /** Bytes of every transaction that was handed in here, in order. */
  readonly handedIn: string[];
  /** Methods of every call that came, in order. */
  readonly asked: string[];
  /** Asked for each call; undefined lets it pass. A batch shares the first fault of its calls. */
  fault: (method: string) => Fault | undefined;
  /** What to say in the node's place, to one call of a batch, too; undefined asks the node. */
  answer: (call: RpcCall) => RpcBody | Promise<RpcBody> | undefined;
  /** Called when a transaction has reached the node, before the answer goes back. */
  onDelivered: () => void;
  /** Open WebSockets. */
  readonly sockets: number;
  /** Ends every open WebSocket. */
  cutSockets(): void;
  /** Open WebSockets stay open, and nothing comes through them any more. */
  muteSockets(): void;
  /** Nobody listens at its address. */
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const HEADERS = { "content-type": "application/json" };
const SEND = "eth_sendRawTransaction";

/** @param target Where the node is now; a function when it moves. */
export async function startFaultProxy(target: string | (() => string)): Promise<FaultProxy> {
  const nodeUrl = typeof target === "string" ? () => target : target;
  const tunnels = new Tunnels(nodeUrl);
  let server = await listen(0);
  const { port } = server.address() as { port: number };

  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    handedIn: [],
    asked: [],
    fault: () => undefined,
    answer: () => undefined,
    onDelivered: () => undefined,
    get sockets() {
      return tunnels.open;
    },
    cutSockets: () => {
      tunnels.cut();
    },
    muteSockets: () => {
      tunnels.mute();
    },
    async vanish() {
      tunnels.cut();
      await end(server);
    },
    async comeBack() {
      if (!server.listening) server = await listen(port);
    },
    async close() {
      tunnels.cut();
      await end(server);
    },
  };

  async function listen(at: number): Promise<Server> {
    const made = createServer((request, response) => {
      void serve(request, response).catch(() => response.destroy());
    });
    made.on("upgrade", (request, socket, head) => {
      tunnels.dig(request, socket, head);
    });
    made.listen(at, "127.0.0.1");
    await once(made, "listening");
    return made;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const json = JSON.parse(body) as RpcCall | RpcCall[];
    const calls = Array.isArray(json) ? json : [json];
    proxy.asked.push(...calls.map(({ method }) => method));
    for (const { method, params } of calls) if (method === SEND) proxy.handedIn.push(String(params[0]));
    const fault = calls.map(({ method }) => proxy.fault(method)).find((found) => found !== undefined);
    if (fault === "away") {
      response.destroy();
      return;
    }
    if (fault === "broken") {
      response.writeHead(500).end();
      return;
    }
    const answers = await Promise.all(calls.map((call) => answerTo(call)));
    if (calls.some(({ method }) => method === SEND)) proxy.onDelivered();
    if (fault === "deaf") response.destroy();
    if (fault !== undefined) return;
    response.writeHead(200, HEADERS).end(JSON.stringify(Array.isArray(json) ? answers : answers[0]));
  }

  async function answerTo(call: RpcCall): Promise<object> {
    const own = await proxy.answer(call);
    if (own !== undefined) return { jsonrpc: "2.0", id: call.id, ...own };
    const answer = await fetch(nodeUrl(), { method: "POST", headers: HEADERS, body: JSON.stringify(call) });
    return (await answer.json()) as object;
  }
  return proxy;
}

/** WebSockets, passed through byte by byte. */
class Tunnels {
  readonly #nodeUrl: () => string;
  readonly #pairs = new Set<{ near: Duplex; far: Socket }>();

  constructor(nodeUrl: () => string) {
    this.#nodeUrl = nodeUrl;
  }

  get open(): number {
    return this.#pairs.size;
  }

  dig(request: IncomingMessage, near: Duplex, head: Buffer): void {
    const { hostname, port } = new URL(this.#nodeUrl());
    const far = connect(Number(port), hostname);
    const pair = { near, far };
    this.#pairs.add(pair);
    const over = (): void => {
      near.destroy();
      far.destroy();
      this.#pairs.delete(pair);
    };
    for (const side of [near, far]) side.on("close", over).on("error", over);
    const lines = [`${String(request.method)} ${String(request.url)} HTTP/1.1`];
    for (let index = 0; index < request.rawHeaders.length; index += 2)
      lines.push(`${String(request.rawHeaders[index])}: ${String(request.rawHeaders[index + 1])}`);
    far.write(`${lines.join("\r\n")}\r\n\r\n`);
    far.write(head);
    near.pipe(far);
    far.pipe(near);
  }

  cut(): void {
    for (const { near } of [...this.#pairs]) near.destroy();
  }

  mute(): void {
    for (const { near, far } of this.#pairs) {
      far.unpipe(near);
      near.unpipe(far);
      far.resume();
      near.resume();
    }
  }
}

async function end(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
