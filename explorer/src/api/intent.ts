/**
 * A write that is done when it is answered (a note, a case, a report): it keeps its name (Idempotency-Key) until an answer
 * came, so that trying again after a lost answer does nothing twice. What goes to the chain is followed by write.ts.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { IntentHeaders } from "./write.ts";

export interface Intent<T, R> {
  readonly submit: (input: T) => void;
  readonly reset: () => void;
  readonly isSending: boolean;
  readonly done: R | undefined;
  readonly error: unknown;
}

/** `send`: a function of the generated SDK, called with `throwOnError: true`. */
export function useIntent<T, R>(
  send: (input: T, headers: IntentHeaders) => Promise<{ data: R }>,
  onDone?: (answer: R) => void,
): Intent<T, R> {
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
    onSuccess: (answer) => {
      void queries.invalidateQueries({ predicate: ({ meta }) => meta?.["live"] !== false });
      onDone?.(answer);
    },
  });
  return {
    submit: (input) => sending.mutate(input),
    reset: sending.reset,
    isSending: sending.isPending,
    done: sending.data,
    error: sending.isError ? sending.error : undefined,
  };
}
