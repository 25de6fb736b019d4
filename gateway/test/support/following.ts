/** A gateway whole but for its loops: API and outbox run, the indexer and routines take their steps when a test says so. */
import { connectChain } from "../../src/chain/json-rpc.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Routine } from "../../src/routines/routine.ts";
import type { Engine } from "../../src/store/database.ts";
import type { Answered, Api } from "./api.ts";
import { startApi } from "./api.ts";
import type { TestLedger } from "./ledger.ts";
import { freshStore } from "./stores.ts";
import { roomsOn } from "./world.ts";

export interface FollowingGateway {
  readonly rooms: Rooms;
  readonly api: Api;
  /** Reads the chain up to its head. */
  catchUp(): Promise<void>;
  /** Lets the chain's clock go on and a block be made. */
  sleep(seconds: number): Promise<void>;
  /** Reads the chain, runs the routine, waits for what it asked for, until `isDone`. */
  runUntil(routine: Routine, isDone: () => Promise<boolean>): Promise<void>;
  /** A write that waits for its outcome. */
  post(path: string, key: string, body?: object): Promise<Answered>;
  stop(): Promise<void>;
}

const ROUNDS_MAX = 60;
const WAIT = { prefer: "wait=30" };

export async function openFollowing(engine: Engine, ledger: TestLedger): Promise<FollowingGateway> {
  const store = await freshStore(engine);
  const rooms = await roomsOn(store, ledger.url, ledger);
  const outbox = startOutbox(rooms, { processId: `following-${engine}` });
  const api = await startApi(rooms, allRoutes, {
    gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) },
  });
  const chain = connectChain(ledger.url, { timeoutMs: 15_000 });
  const follower = new Follower({ db: rooms.db, chain, deployment: rooms.deployment, log: rooms.log });

  async function catchUp(): Promise<void> {
    for (;;) {
      const step = await follower.step();
      if (step.did !== "rebuild" && step.cursor?.blockNumber === step.head) return;
    }
  }

  async function sleep(seconds: number): Promise<void> {
    await ledger.provider.send("evm_increaseTime", [seconds]);
    await ledger.provider.send("evm_mine", []);
  }

  async function settled(): Promise<void> {
    for (;;) {
      const open = await rooms.db.selectFrom("command").select("id").where("state", "in", ["queued", "sent"]).execute();
      if (open.length === 0) return;
      await rooms.clock.sleep(20);
    }
  }

  return {
    rooms,
    api,
    catchUp,
    sleep,
    async runUntil(routine, isDone) {
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        await catchUp();
        if (await isDone()) return;
        await routine.run(rooms);
        await settled();
        await ledger.provider.send("evm_mine", []);
      }
      throw new Error(`${routine.name} did not come to an end in ${ROUNDS_MAX} rounds`);
    },
    post: (path, key, body) => api.ask("POST", path, { key, headers: WAIT, ...(body === undefined ? {} : { body }) }),
    async stop() {
      await api.close();
      await outbox.stop();
      await store.close();
    },
  };
}
