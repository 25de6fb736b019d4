/** /metrics in Prometheus' text form, under Besu's names. */
import { createServer } from "node:http";
import type { RunningServer } from "./server.ts";
import { listening } from "./server.ts";

export interface Sample {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export async function startMetrics(
  at: { readonly host: string; readonly port: number },
  samples: () => readonly Sample[],
): Promise<RunningServer> {
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] !== "/metrics") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(textOf(samples()));
  });
  return listening(server, at);
}

function textOf(samples: readonly Sample[]): string {
  let text = "";
  for (const { name, help, type, value, labels } of samples) {
    if (!text.includes(`# TYPE ${name} `)) text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
    const pairs = Object.entries(labels ?? {}).map(([key, label]) => `${key}="${label}"`);
    text += `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
  }
  return text;
}
