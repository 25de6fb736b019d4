/** What was measured, as a table for people or as JSON for machines. */
import type { Outcome } from "./measure.ts";
import type { NetworkFacts } from "./nodes.ts";

export function toBenchJson(facts: NetworkFacts, outcomes: readonly Outcome[]): string {
  return JSON.stringify({ network: facts, results: outcomes }, null, 2);
}

export function toBenchTable(facts: NetworkFacts, outcomes: readonly Outcome[]): string {
  const period = outcomes.at(-1)?.blockPeriodSeconds ?? 0;
  const head = [
    `Chain ${facts.chainId} (${facts.client})`,
    `nodes ${facts.nodes}, validators ${facts.validators}, sent to ${facts.endpoints}`,
    `a block of ${whole(facts.gasLimit)} gas every ${period.toFixed(2)} s (measured)`,
  ];
  const columns = ["", "a second", "confirmed", "transactions", "refused", "blocks", "full", "median", "95 % within"];
  const rows = outcomes.map(({ name, perSecond, effects, transactions, refused, blocks, fullness, latencyMs }) => [
    name,
    perSecond.toFixed(perSecond < 100 ? 1 : 0),
    ...[effects, transactions, refused, blocks].map(whole),
    `${(100 * fullness).toFixed(0)} %`,
    ...[latencyMs.median, latencyMs.p95].map((ms) => `${(ms / 1_000).toFixed(1)} s`),
  ]);
  const table = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
  return [...head, "", ...lines].join("\n");
}

const whole = (count: number): string => count.toLocaleString("en-US");
