/** A write that the gateway itself carries out: no chain, no waiting. Its name stays the same until an answer came. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { IntentHeaders } from "../../../api/write.ts";

export interface Save<I, R> {
  readonly submit: (input: I, onDone?: (saved: R) => void) => void;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly saved: R | undefined;
}

export function useSave<I, R>(send: (input: I, headers: IntentHeaders) => Promise<{ data: R }>): Save<I, R> {
  const queries = useQueryClient();
  const intent = useRef<{ input: string; key: string }>(undefined);
  const saving = useMutation({
    mutationFn: async (input: I) => {
      const text = JSON.stringify(input);
      if (intent.current?.input !== text) intent.current = { input: text, key: crypto.randomUUID() };
      const { data } = await send(input, { "Idempotency-Key": intent.current.key });
      intent.current = undefined;
      return data;
    },
    onSuccess: () => queries.invalidateQueries({ predicate: ({ meta }) => meta?.["live"] !== false }),
  });
  return {
    submit: (input, onDone) => saving.mutate(input, onDone === undefined ? {} : { onSuccess: onDone }),
    isSaving: saving.isPending,
    error: saving.isError ? saving.error : undefined,
    saved: saving.data,
  };
}
