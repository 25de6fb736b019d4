/**
 * One write: sent once whatever happens to the line, then followed until the chain has decided. The name of the intent
 * (Idempotency-Key) stays the same until an answer came, so that trying again after a lost answer does nothing twice.
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { getCommandOptions } from "../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Command } from "../../../gateway/client/generated/types.gen.ts";

const LOOK_EVERY_MS = 1_000;

export type IntentHeaders = Readonly<Record<"Idempotency-Key", string>>;

/** A function of the generated SDK, called with `throwOnError: true`. */
export type Send<T> = (input: T, headers: IntentHeaders) => Promise<{ data: Command }>;

export interface Write<T> {
  readonly submit: (input: T) => void;
  readonly reset: () => void;
  /** On its way to the gateway. */
  readonly isSending: boolean;
  /** Accepted; changes until it is settled. */
  readonly command: Command | undefined;
  /** The gateway's refusal. */
  readonly error: unknown;
}

const isSettled = (command: Command | undefined): boolean =>
  command?.state === "confirmed" || command?.state === "failed";

/** The command as it stands, asked for again until it is settled. */
export function useCommand(first: Command | undefined): Command | undefined {
  const { data } = useQuery({
    ...getCommandOptions({ path: { commandId: first?.id ?? "" } }),
    enabled: first !== undefined && !isSettled(first),
    refetchInterval: ({ state }) => (isSettled(state.data) ? false : LOOK_EVERY_MS),
    meta: { live: false },
  });
  return data !== undefined && data.id === first?.id ? data : first;
}

export function useWrite<T>(send: Send<T>): Write<T> {
  const queries = useQueryClient();
  const intent = useRef<{ input: string; key: string }>(undefined);
  const sending = useMutation({
    mutationFn: async (input: T) => {
      const text = JSON.stringify(input);
      if (intent.current?.input !== text) intent.current = { input: text, key: crypto.randomUUID() };
      const { data } = await send(input, { "Idempotency-Key": intent.current.key });
      intent.current = undefined;
      return data;
    },
  });
  const command = useCommand(sending.data);
  const settled = isSettled(command) ? command?.id : undefined;
  useEffect(() => {
    // The read side is there when a command is confirmed; whatever shows it reads again.
    if (settled !== undefined) void queries.invalidateQueries({ predicate: ({ meta }) => meta?.["live"] !== false });
  }, [settled, queries]);
  return {
    submit: (input) => sending.mutate(input),
    reset: sending.reset,
    isSending: sending.isPending,
    command: sending.isPending ? undefined : command,
    error: sending.isError ? sending.error : undefined,
  };
}
