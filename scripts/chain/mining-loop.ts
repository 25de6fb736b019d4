/**
 * Makes the local chain's blocks: at once when transactions wait, an empty one a second after them (a council's vote
 * counts from the second after its proposal, and a node judges by its newest block's time), and one now and then so that
 * time passes (points expire by block time). anvil's automine stalls under bursts of transactions, and a block a second would grow the
 * state file by 100 MB a day.
 */
import { callRpc } from "./rpc.ts";

const POLL_MS = 100;
const HEARTBEAT_MS = 10_000;
const FOLLOW_UP_MS = 1_100;

export interface MiningLoop {
  /** Stops making blocks until `resume`; the last one is finished when the promise resolves. */
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
  /** How many transactions were waiting when blocks were made since the start: changes when there is news to save. */
  minedTransactions(): number;
}

export function startMiningLoop(url: string): MiningLoop {
  let isRunning = true;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  let lastBlockAt = 0;
  let isLastEmpty = true;
  let mined = 0;

  const round = async (): Promise<void> => {
    const { pending } = await callRpc<{ pending: string }>(url, "txpool_status", []);
    const waiting = Number(pending);
    if (waiting === 0 && Date.now() - lastBlockAt < (isLastEmpty ? HEARTBEAT_MS : FOLLOW_UP_MS)) return;
    await callRpc(url, "evm_mine", []);
    lastBlockAt = Date.now();
    isLastEmpty = waiting === 0;
    mined += waiting;
  };
  const tick = (): void => {
    // An unanswered call is tried again in the next round; whoever watches the process hears of its end.
    current = round()
      .catch(() => undefined)
      .finally(() => {
        if (isRunning) timer = setTimeout(tick, POLL_MS);
      });
  };
  const pause = async (): Promise<void> => {
    isRunning = false;
    clearTimeout(timer);
    await current;
    clearTimeout(timer);
    mined += 1; // whoever pauses makes blocks of its own: they are news too
  };
  tick();
  return {
    pause,
    resume: () => {
      if (isRunning) return;
      isRunning = true;
      tick();
    },
    stop: pause,
    minedTransactions: () => mined,
  };
}
