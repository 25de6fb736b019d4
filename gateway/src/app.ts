/** The composition root: makes every room, hands each what it needs, and takes them down in the opposite order. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ChainClient } from "./chain/client.ts";
import type { Deployment } from "./chain/deployment.ts";
import { OldDeployment, readDeployment } from "./chain/deployment.ts";
import type { HeadBell } from "./chain/head-bell.ts";
import { startHeadBell } from "./chain/head-bell.ts";
import { connectChain } from "./chain/json-rpc.ts";
import type { NodeStanding } from "./chain/node-list.ts";
import { merchantIdOfToken } from "./commands/find-merchant.ts";
import { findCaller } from "./commands/keys.ts";
import { findOpenSession } from "./commands/sessions.ts";
import type { Rooms } from "./commands/rooms.ts";
import type { Config } from "./config.ts";
import { StartError } from "./config.ts";
import type { Check } from "./http/health.ts";
import { rateLimit } from "./http/middleware/rate-limit.ts";
import { allRoutes } from "./http/routes/all.ts";
import type { ServerOptions } from "./http/server.ts";
import { createApp, listen } from "./http/server.ts";
import { startIndexer } from "./indexer/start.ts";
import { wallClock } from "./kernel/clock.ts";
import { LedgerError } from "./kernel/errors.ts";
import type { Log } from "./kernel/log.ts";
import { createMetrics } from "./kernel/metrics.ts";
import type { Outbox } from "./outbox/worker.ts";
import { startOutbox } from "./outbox/worker.ts";
import { openOutward } from "./outward/outward.ts";
import { ANYWHERE, PUBLIC_ONLY } from "./outward/policy.ts";
import { startDesk } from "./regulator/start.ts";
import { startReports } from "./reports/start.ts";
import { allRoutines } from "./routines/all.ts";
import { startRoutines } from "./routines/start.ts";
import { openSigners } from "./signer/open.ts";
import type { Store } from "./store/database.ts";
import { openEmbedded, openPostgres } from "./store/database.ts";
import { isDatabaseAway } from "./store/failures.ts";
import { readCursor } from "./store/ledger-cursor.ts";
import { migrate } from "./store/migrate.ts";
import { countOverdue } from "./store/webhook-deliveries.ts";
import { startDispatcher } from "./webhooks/dispatcher.ts";

export interface Gateway {
  readonly url: string;
  readonly engine: Store["engine"];
  stop(): Promise<void>;
}

/** Blocks the read side may lag behind the node and still call itself ready. */
const LAG_BLOCKS_MAX = 20;

/** Opened in order, closed in reverse; what failed to open leaves nothing behind. */
class Undo {
  readonly #steps: (() => Promise<void> | void)[] = [];

  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) await step();
  }
}

export async function startGateway(config: Config, log: Log): Promise<Gateway> {
  const undo = new Undo();
  try {
    return await open(config, log, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function open(config: Config, log: Log, undo: Undo): Promise<Gateway> {
  const deployment = await findDeployment(join(config.dataDir, "deployment.json"));
  const store = await openStore(config, undo);
  await migrate(store.db);
  const { chainId, genesisHash } = deployment;
  const chainLog = log.child({ room: "chain" });
  const chain = connectChain(config.rpcUrls, { expected: { chainId, genesisHash }, log: chainLog });
  undo.add(() => chain.close());
  await assertSameChain(chain, deployment, log);
  const signers = await openSigners(store.db, config.passphrase);
  const outward = openOutward(config.outwardPrivate ? ANYWHERE : PUBLIC_ONLY);
  undo.add(() => outward.close());
  const { db, engine } = store;
  const rooms: Rooms = { db, engine, chain, signers, clock: wallClock, log, deployment, outward };
  const bell = openBell(config, chainLog, undo);
  const processId = randomUUID();
  const indexer = startIndexer({ ...rooms, log: log.child({ room: "indexer" }) }, { processId, bell });
  undo.add(() => indexer.stop());
  const outbox = startOutbox({ ...rooms, log: log.child({ room: "outbox" }) }, { processId, bell });
  undo.add(() => outbox.stop());
  const desk = startDesk({ ...rooms, log: log.child({ room: "regulator" }) }, config.alerts);
  undo.add(() => desk.stop());
  const reports = startReports({ ...rooms, log: log.child({ room: "reports" }) });
  undo.add(() => reports.stop());
  const routines = startRoutines({ ...rooms, log: log.child({ room: "routines" }) }, allRoutines);
  undo.add(() => routines.stop());
  const dispatcher = startDispatcher({ ...rooms, log: log.child({ room: "webhooks" }) });
  undo.add(() => dispatcher.stop());
  const app = createApp(allRoutes, rooms, serverOptions(config, rooms, { outbox, bell }));
  const server = await listen(app, config.host, config.port);
  // Last in, first out: no request is under way when the rooms behind it close.
  undo.add(() => server.close());
  return { url: server.url, engine: store.engine, stop: () => undo.run() };
}

async function findDeployment(path: string): Promise<Deployment> {
  try {
    return await readDeployment(path);
  } catch (error) {
    if (error instanceof OldDeployment) {
      throw new StartError(
        `The contracts in ${path} are those of an earlier version, which had no ${error.missing.join(", ")}: run the ` +
          "gateway of that version, or begin anew (`npm start -- --fresh` on a local chain, a new deployment elsewhere).",
        { cause: error },
      );
    }
    const isMissing = (error as { code?: string }).code === "ENOENT";
    throw new StartError(
      isMissing
        ? `There is no ${path}: deploy the contracts first (npm start does).`
        : `${path} is not a deployment file: deploy again, or restore it from a backup.`,
      { cause: error },
    );
  }
}

async function openStore(config: Config, undo: Undo): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    const store = openPostgres(config.databaseUrl);
    undo.add(() => store.close());
    return store;
  }
  if (config.isProduction && !config.allowEmbedded)
    throw new StartError(
      "Production needs a PostgreSQL: set DATABASE_URL. The embedded store does not survive a power cut; LEDGER_ALLOW_EMBEDDED=true accepts that.",
    );
  const directory = join(config.dataDir, "store");
  const store = await openEmbedded(directory);
  undo.add(() => store.close());
  return store;
}

/** A node that is away may come back; one that serves another chain must not be written to. */
async function assertSameChain(chain: ChainClient, deployment: Deployment, log: Log): Promise<void> {
  try {
    const found = await chain.chainId();
    if (found !== deployment.chainId) throw new LedgerError("chain_mismatch", { stored: deployment.chainId, found });
  } catch (error) {
    if (!(error instanceof LedgerError && error.code === "chain_unreachable")) throw error;
    log.warn({ code: error.code }, "no chain node answers: writes are queued until one does");
  }
}

function openBell({ wsUrls: urls }: Config, log: Log, undo: Undo): HeadBell | undefined {
  if (urls.length === 0) return undefined;
  const bell = startHeadBell({ urls, log });
  undo.add(() => {
    bell.stop();
  });
  return bell;
}

interface Watched {
  readonly outbox: Outbox;
  readonly bell: HeadBell | undefined;
}

function serverOptions(config: Config, rooms: Rooms, watched: Watched): ServerOptions {
  return {
    ...webOf(config, rooms.log),
    corsOrigins: config.corsOrigins,
    proxyHops: config.proxyHops,
    profilesDirectory: config.profilesDir,
    isDatabaseAway,
    checks: checksOf(rooms, watched),
    metrics: createMetrics({ processMetrics: true, gauges: gaugesOf(rooms, watched.outbox) }),
    gate: {
      findCaller: (text) => findCaller(rooms, text),
      findSession: async (token) => (await findOpenSession(rooms, token))?.caller,
      ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
      rateLimit: rateLimit({ perKeyPerMinute: config.ratePerKey, perAddressPerMinute: config.ratePerAddress }),
      merchantOfToken: (token) => merchantIdOfToken(rooms, token),
      publicReads: config.publicReads,
      checkAnswers: !config.isProduction,
    },
  };
}

/** A gateway without the web serves its API all the same. */
function webOf({ webDir }: Config, log: Log): Pick<ServerOptions, "webDirectory"> {
  if (webDir === undefined) return {};
  if (existsSync(join(webDir, "index.html"))) return { webDirectory: webDir };
  log.warn({ webDir }, "the web is not built there: only the API is served (npm start builds it)");
  return {};
}

async function lagOf({ db, chain }: Rooms): Promise<number> {
  const [head, cursor] = await Promise.all([chain.headNumber(), readCursor(db)]);
  return Math.max(0, head - (cursor?.blockNumber ?? -1));
}

function checksOf(rooms: Rooms, { outbox, bell }: Watched): Record<string, Check> {
  return {
    database: { run: async () => (await readCursor(rooms.db))?.blockNumber ?? 0 },
    chain: { run: () => rooms.chain.headNumber() },
    nodes: { run: async () => describeNodes(await rooms.chain.nodes()) },
    ...(bell === undefined ? {} : { bell: { run: () => Promise.resolve(bell.standing()) } }),
    indexer: {
      async run() {
        const lag = await lagOf(rooms);
        if (lag > LAG_BLOCKS_MAX) throw new Error(`${lag} blocks behind the node`);
        return lag;
      },
    },
    outbox: {
      async run() {
        const { queuedItems, queuedSteps, inFlight } = await outbox.depth();
        return queuedItems + queuedSteps + inFlight;
      },
    },
  };
}

/** `http://a:8545 serves at 120; http://b:8555 away (ECONNREFUSED)` */
function describeNodes(nodes: readonly NodeStanding[]): string {
  return nodes
    .map(({ node, state, head, reason }) => {
      const at = head === undefined ? "" : ` at ${head}`;
      return `${node} ${state}${at}${reason === undefined ? "" : ` (${reason})`}`;
    })
    .join("; ");
}

function gaugesOf(rooms: Rooms, outbox: Outbox) {
  const depth = (part: keyof Awaited<ReturnType<Outbox["depth"]>>) => async () => (await outbox.depth())[part];
  return {
    ledger_chain_nodes_away: {
      help: "Chain nodes that are set aside, or serve another chain.",
      read: async () =>
        (await rooms.chain.nodes()).filter(({ state }) => state === "away" || state === "foreign").length,
    },
    ledger_indexer_lag_blocks: { help: "Blocks the read side is behind the node.", read: () => lagOf(rooms) },
    ledger_outbox_queued_items: { help: "Issue items waiting for a transaction.", read: depth("queuedItems") },
    ledger_outbox_queued_steps: { help: "Steps waiting for a transaction.", read: depth("queuedSteps") },
    ledger_webhooks_overdue: {
      help: "Webhook deliveries that are due and not under way.",
      read: () => countOverdue(rooms.db, rooms.clock.now()),
    },
    ledger_outbox_in_flight: { help: "Transactions sent and not yet settled.", read: depth("inFlight") },
  };
}
