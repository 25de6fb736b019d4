/**
 * One thing a customer does, which may take several writes: each has a name that stays the same until all of them went
 * through, so that trying again after a lost answer does nothing twice.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { getCommand } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Command, Failure } from "../../../../gateway/client/generated/types.gen.ts";

/** The chain refused what the gateway had accepted. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.en);
    this.failure = failure;
  }
}

const WAIT_SECONDS = 20;

/** Waits until the chain has decided. */
export async function settle(accepted: Command): Promise<Command> {
  let command = accepted;
  while (command.state === "queued" || command.state === "sent") {
    const { data } = await getCommand({
      path: { commandId: command.id },
      query: { wait: WAIT_SECONDS },
      throwOnError: true,
    });
    command = data;
  }
  if (command.state === "confirmed") return command;
  throw new CommandFailed(
    command.error ?? { code: "failed", facts: {}, en: "The chain refused it.", zh: "链上拒绝了这次操作。" },
  );
}

/** No interface: the client wants headers that could have any name. */
export type WriteHeaders = {
  readonly "Idempotency-Key": string;
  readonly Prefer: string;
};

/** What an intent keeps between tries. */
export interface Intent {
  /** Headers of its write of this name. */
  headers(step: string): WriteHeaders;
  /** What was signed or drawn by lot at the first try is used again at the next. */
  once<T>(name: string, make: () => Promise<T>): Promise<T>;
}

function newIntent(): Intent {
  const key = crypto.randomUUID();
  const kept = new Map<string, unknown>();
  return {
    headers: (step) => ({ "Idempotency-Key": `${key}-${step}`, Prefer: "wait=10" }),
    async once(name, make) {
      if (!kept.has(name)) kept.set(name, await make());
      return kept.get(name) as Awaited<ReturnType<typeof make>>;
    },
  };
}

export interface Act<I, R> {
  readonly run: (input: I) => Promise<R | undefined>;
  readonly reset: () => void;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly done: R | undefined;
}

export function useAct<I, R>(carryOut: (input: I, intent: Intent) => Promise<R>): Act<I, R> {
  const queries = useQueryClient();
  const current = useRef<{ input: string; intent: Intent }>(undefined);
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown; done?: R }>({ isBusy: false });
  const run = async (input: I): Promise<R | undefined> => {
    const text = JSON.stringify(input);
    if (current.current?.input !== text) current.current = { input: text, intent: newIntent() };
    setState({ isBusy: true });
    try {
      const done = await carryOut(input, current.current.intent);
      current.current = undefined;
      setState({ isBusy: false, done });
      void queries.invalidateQueries({ predicate: ({ meta }) => meta?.["live"] !== false });
      return done;
    } catch (error) {
      // What the chain has refused stays refused under its name: the next try is another one.
      if (error instanceof CommandFailed) current.current = undefined;
      setState({ isBusy: false, error });
      return undefined;
    }
  };
  const { isBusy, error, done } = state;
  return { run, isBusy, error, done, reset: () => setState({ isBusy: false }) };
}
