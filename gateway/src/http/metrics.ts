/** Numbers for Prometheus. Labels are operation names and statuses only: never an address, a ref or a key. */
import type { Express, RequestHandler } from "express";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly measure: RequestHandler;
}

export interface MetricOptions {
  /** Process metrics hold a timer-free but global hook; tests leave them out. */
  readonly processMetrics: boolean;
  /** Read when scraped. */
  readonly gauges: Readonly<Record<string, { help: string; read: () => Promise<number> }>>;
}

export function createMetrics(options: MetricOptions): Metrics {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "ledger_http_requests_total",
    help: "Requests answered.",
    labelNames: ["operation", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "ledger_http_request_seconds",
    help: "Time to answer.",
    labelNames: ["operation"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  for (const [name, { help, read }] of Object.entries(options.gauges)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // A number that can not be had now must not hide the others.
        this.set(await read().catch(() => Number.NaN));
      },
    });
  }
  const measure: RequestHandler = (_req, res, next) => {
    const startedAt = performance.now();
    res.on("close", () => {
      const operation = String(res.locals["operation"] ?? "other");
      requests.inc({ operation, status: String(res.statusCode) });
      seconds.observe({ operation }, (performance.now() - startedAt) / 1000);
    });
    next();
  };
  return { registry, measure };
}

export function mountMetrics(app: Express, metrics: Metrics): void {
  app.get("/metrics", async (_req, res) => {
    res.set("Content-Type", metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
