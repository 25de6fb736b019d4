/** The HTTP server: what surrounds the routes. It owns no business and holds no state but open sockets. */
import { createServer as createHttpServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { ErrorRequestHandler, Express } from "express";
import helmet from "helmet";
import { LedgerError } from "../kernel/errors.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { mountDocs } from "./docs.ts";
import { mountEtherscan } from "./etherscan.ts";
import type { Check } from "./health.ts";
import { mountHealth } from "./health.ts";
import { cors } from "./middleware/cors.ts";
import { requestId, requestIdOf } from "./middleware/request-id.ts";
import type { Gate } from "./mount.ts";
import { mount } from "./mount.ts";
import { openapiDocument } from "./openapi.ts";
import { sendProblem } from "./problem.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Route } from "./route.ts";
import { mountRpc, mountRpcOrigins } from "./rpc.ts";
import { mountWeb } from "./web.ts";

export interface ServerOptions {
  readonly gate: Gate;
  readonly corsOrigins: readonly string[];
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  readonly proxyHops: number;
  readonly checks: Readonly<Record<string, Check>>;
  readonly metrics: Metrics;
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** Directory of merchant and member profile documents; absent: none are served. */
  readonly profilesDirectory?: string;
  /** Directory of the built web; absent: there is only the API. */
  readonly webDirectory?: string;
}

export interface RunningServer {
  readonly url: string;
  /** Stops taking requests, lets those under way finish for at most `graceMs`, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

export function createApp(routes: readonly Route[], rooms: Rooms, options: ServerOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", options.proxyHops === 0 ? false : options.proxyHops);
  app.use(requestId, watchRequests(rooms, options.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          "default-src": ["'self'"],
          "base-uri": ["'none'"],
          "frame-ancestors": ["'none'"],
          "form-action": ["'none'"],
          "object-src": ["'none'"],
        },
      },
    }),
  );
  mountRpcOrigins(app);
  app.use(cors(options.corsOrigins));
  mountHealth(app, options.checks);
  app.get("/metrics", async (_req, res) => {
    res.set("Content-Type", options.metrics.contentType).send(await options.metrics.text());
  });
  mountDocs(app, openapiDocument(routes));
  if (options.profilesDirectory !== undefined)
    app.use(
      "/profiles",
      express.static(options.profilesDirectory, { extensions: ["json"], index: false, dotfiles: "deny" }),
    );
  mount(app, routes, options.gate, rooms);
  mountEtherscan(app, options.gate, rooms);
  mountRpc(app, options.gate, rooms);
  if (options.webDirectory !== undefined) mountWeb(app, options.webDirectory);
  app.use((req) => {
    throw new LedgerError("not_found", { what: `address ${req.path.slice(0, 100)}` });
  });
  const problems: ErrorRequestHandler = (error, _req, res, _next) =>
    sendProblem(res, error, { requestId: requestIdOf(res), log: rooms.log, isDatabaseAway: options.isDatabaseAway });
  app.use(problems);
  return app;
}

function watchRequests({ log }: Rooms, metrics: Metrics): express.RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    // Taken now: express rewrites the path while it looks for a route.
    const { method, path } = req;
    res.on("close", () => {
      const { operation, caller } = res.locals as { operation?: string; caller?: { keyId: string } };
      const ms = performance.now() - startedAt;
      metrics.answered(operation ?? "other", res.statusCode, ms / 1000);
      const facts = { requestId: requestIdOf(res), method, path: path.slice(0, 200), operation, keyId: caller?.keyId };
      log.info({ ...facts, status: res.statusCode, ms: Math.round(ms) }, "request");
    });
    next();
  };
}

export async function listen(app: Express, host: string, port: number): Promise<RunningServer> {
  const server = createHttpServer(
    // A request must be complete within 30 s and its headers within 10 s, or a slow sender could hold sockets for ever.
    { maxHeaderSize: 8 * 1024, requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 },
    app,
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}`,
    async close(graceMs = 10_000) {
      // Event streams never end by themselves.
      app.emit("closing");
      await closeServer(server, graceMs);
    },
  };
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection whose last answer is out stays open for the next request: that one belongs to another process.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
  clearInterval(idle);
}
