/** The process: environment in, signals in, exit code out. Everything else is app.ts. */
import { readFileSync } from "node:fs";
import { startGateway } from "./app.ts";
import { StartError, readConfig } from "./config.ts";
import { LedgerError } from "./kernel/errors.ts";
import { createPinoLog, cutSecrets } from "./kernel/pino-log.ts";

/** A start that fails says why in one sentence; what is not foreseen keeps its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartError || error instanceof LedgerError) return error.message;
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  if (code === "EADDRINUSE")
    return `Another program uses the port (${message ?? ""}): stop it, or set PORT to another one.`;
  if (code === "EACCES")
    return `The port or a file may not be used (${message ?? ""}): check PORT and LEDGER_DATA_DIR.`;
  return stack ?? String(error);
}

async function main(): Promise<void> {
  const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
  const log = createPinoLog({ level: config.logLevel });
  const gateway = await startGateway(config, log);
  if (gateway.engine === "embedded")
    log.warn({ engine: gateway.engine }, "embedded storage: survives a crash of this process, not a power cut");
  // Not a log line: whoever started this process waits for it.
  process.stdout.write(`${JSON.stringify({ ready: gateway.url, engine: gateway.engine })}\n`);
  stopOnSignals(async () => {
    log.info({}, "stopping");
    await gateway.stop();
  });
}

function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      // A second signal means it.
      if (isStopping) process.exit(1);
      isStopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${cutSecrets(String(error))}\n`);
          process.exit(1);
        },
      );
    });
}

main().catch((error: unknown) => {
  process.stderr.write(`${cutSecrets(sentenceOf(error))}\n`);
  process.exit(1);
});
