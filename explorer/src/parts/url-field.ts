/** Filters and tabs live in the address, so that what is seen can be sent to somebody. */
import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** One field of the address's query; an empty one is left out. Going back leads to the page before, not to the last click. */
export function useUrlField(name: string): readonly [string, (value: string) => void] {
  const [fields, setFields] = useSearchParams();
  const change = useCallback(
    (value: string): void =>
      setFields(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === "") after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [name, setFields],
  );
  return [fields.get(name) ?? "", change];
}

/** A field that has one of these values; whatever else stands there counts as the first. */
export function useUrlChoice<T extends string>(name: string, choices: readonly [T, ...T[]]) {
  const [text, change] = useUrlField(name);
  const choice = choices.find((one) => one === text) ?? choices[0];
  return [choice, (next: T): void => change(next === choices[0] ? "" : next)] as const;
}

/** Takes several fields out of the address at once: one after the other, each would put the others back. */
export function useUrlClear(names: readonly string[]): () => void {
  const [fields, setFields] = useSearchParams();
  return () => {
    const after = new URLSearchParams(fields);
    for (const name of names) after.delete(name);
    setFields(after, { replace: true, preventScrollReset: true });
  };
}
