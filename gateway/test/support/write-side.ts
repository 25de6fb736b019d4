/** One process's write side on a store and the shared chain, with a merchant of its own. */
import type { ChainClient } from "../../src/chain/client.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseAddress, parseHex32, parsePoints } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Command, IssueItem, NewCommand } from "../../src/outbox/command.ts";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { waitForCommand } from "../../src/outbox/read.ts";
import type { Outbox, OutboxOptions } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Signers } from "../../src/signer/signers.ts";
import type { Database, Store } from "../../src/store/database.ts";
import type { TestLedger, TestMerchant } from "./ledger.ts";

const PASSPHRASE = "test passphrase";
let commands = 0;

export function customer(index: number): Address {
  return parseAddress(`0x${(0xc0ffee00000000n + BigInt(index)).toString(16).padStart(40, "0")}`);
}

export function itemsOf(count: number, prefix: string): IssueItem[] {
  return Array.from({ length: count }, (_, index) => ({
    to: customer(index),
    points: parsePoints("100"),
    orderRef: `${prefix}-${index}`,
  }));
}

export function issueOf(merchant: TestMerchant, items: readonly IssueItem[]): NewCommand {
  commands += 1;
  return {
    organisation: "org",
    idempotencyKey: `command-${commands}`,
    requestHash: parseHex32(`0x${"ab".repeat(32)}`),
    kind: "issue",
    merchantId: merchant.id,
    issue: { token: merchant.token, items },
  };
}

/** Opening them costs half a second of scrypt: once a store is enough. */
const opened = new WeakMap<Database, Promise<Signers>>();

function signersOf(db: Database): Promise<Signers> {
  const signers = opened.get(db) ?? openSigners(db, PASSPHRASE);
  opened.set(db, signers);
  return signers;
}

export interface WriteSide {
  readonly store: Store;
  readonly chain: ChainClient;
  readonly signers: Signers;
  readonly merchant: TestMerchant;
  /** `through` puts a faulty line between the outbox and the node. */
  start(options?: Partial<OutboxOptions>, through?: (chain: ChainClient) => ChainClient): Outbox;
  enqueue(items: readonly IssueItem[]): Promise<Command>;
  /** Waits for it as long as a test may. */
  settled(command: Command): Promise<Command>;
  /** Ends every outbox that `start` began. */
  stopAll(): Promise<void>;
}

export async function openWriteSide(
  { ledger, store, merchant }: { ledger: Pick<TestLedger, "url" | "deployment">; store: Store; merchant: TestMerchant },
  timeoutMs = 10_000,
): Promise<WriteSide> {
  const chain = connectChain(ledger.url, { timeoutMs });
  const signers = await signersOf(store.db);
  for (const key of merchant.tillKeys) await signers.importKey(key, { purpose: "till", merchantId: merchant.id });
  await signers.importKey(merchant.controllerKey, { purpose: "controller", merchantId: merchant.id });
  const running: Outbox[] = [];
  return {
    store,
    chain,
    signers,
    merchant,
    start(options = {}, through = (line) => line) {
      const { deployment } = ledger;
      const rooms = { db: store.db, chain: through(chain), signers, clock: wallClock, log: silentLog, deployment };
      const outbox = startOutbox(rooms, { processId: "one", ...options });
      running.push(outbox);
      return outbox;
    },
    async enqueue(items) {
      return (await enqueueOnce(store.db, issueOf(merchant, items))).command;
    },
    async settled({ id }) {
      const command = await waitForCommand(store.db, id, 150_000);
      if (command === undefined) throw new Error(`command ${id} is gone`);
      return command;
    },
    async stopAll() {
      await Promise.all(running.splice(0).map((outbox) => outbox.stop()));
    },
  };
}
