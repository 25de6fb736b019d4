/** Numbers for Prometheus. Labels are operation names and statuses only: never an address, a ref or a key. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** One request answered. */
  answered(operation: string, status: number, seconds: number): void;
}

/** Read when scraped. */
export interface LiveNumber {
  readonly help: string;
  readonly read: () => Promise<number>;
}

export interface MetricOptions {
  /** Memory, event loop and the like; tests leave them out. */
  readonly processMetrics: boolean;
  readonly gauges: Readonly<Record<string, LiveNumber>>;
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
  const durations = new Histogram({
    name: "ledger_http_request_seconds",
    help: "Time to answer.",
    labelNames: ["operation"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  for (const [name, live] of Object.entries(options.gauges)) addGauge(registry, name, live);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered(operation, status, seconds) {
      requests.inc({ operation, status: String(status) });
      durations.observe({ operation }, seconds);
    },
  };
}

function addGauge(registry: Registry, name: string, { help, read }: LiveNumber): void {
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
