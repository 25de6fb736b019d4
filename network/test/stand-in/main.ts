/**
 * A stand-in for Hyperledger Besu, for tests alone: it reads the same options, genesis, keys and lists, makes a small
 * network with its like, and answers JSON-RPC as Besu does. README.md lists what it does not do.
 */
import { readOptions, OptionError } from "./cli/read-options.ts";
import { settingsOf } from "./cli/settings.ts";
import type { Settings } from "./cli/settings.ts";
import { consoleLog } from "./log.ts";
import type { Log } from "./log.ts";
import { startNode } from "./node.ts";
import { CLIENT_NAME } from "./version.ts";

const say = (text: string): void => void process.stdout.write(text);

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes("--version") || argv.includes("-V")) {
    say(`${CLIENT_NAME}\n`);
    return 0;
  }
  let settings: Settings;
  try {
    const isCheck = argv[0] === "validate-config";
    settings = settingsOf(readOptions(isCheck ? argv.slice(1) : argv, process.env));
    if (isCheck) return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n\nTo display full help:\nbesu [COMMAND] --help\n`);
    return 1;
  }
  const log = consoleLog(settings.logLevel, say);
  log.info("Besu", `Starting ${CLIENT_NAME}: a STAND-IN for tests, not Hyperledger Besu`);
  return run(settings, log);
}

async function run(settings: Settings, log: Log): Promise<number> {
  try {
    const node = await startNode(settings, log, process.env["STAND_IN_FAULTS"]);
    const asked = new Promise<string>((resolve) => {
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
    });
    const why = await Promise.race([asked, node.broken]);
    log.info("Runner", `Stopping on ${why}`);
    await node.stop();
    return why.startsWith("SIG") ? 0 : 1;
  } catch (error) {
    log.error("Besu", `Failed to start Besu: ${(error as Error).message}`);
    return 1;
  }
}

process.exit(await main(process.argv.slice(2)));
