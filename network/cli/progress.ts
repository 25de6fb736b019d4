/** What a command tells while it works: one line a step, with the seconds since it began. */
export type Say = (line: string) => void;

export function startProgress(): Say {
  const startedAt = performance.now();
  return (line) => {
    console.log(`[${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s] ${line}`);
  };
}
