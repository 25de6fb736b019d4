/** A rule book looked at before it goes live: what it will cost, on what grounds, and what a careful person would object to. */
import type { Figures, ShopTerms } from "./figures.ts";
import { figuresOf } from "./figures.ts";
import type { Finding } from "./findings.ts";
import { lintBook } from "./lint.ts";
import type { History, Outlook, Sources } from "./outlook.ts";
import { SAMPLE_MIN, completeOutlook, imagineOrders } from "./outlook.ts";
import type { RuleBook } from "./rule-book.ts";

export interface PreviewFacts {
  readonly given: Parameters<typeof completeOutlook>[0];
  readonly history: History;
  readonly terms: ShopTerms;
  /** Unix seconds. */
  readonly now: number;
}

export interface Preview {
  readonly outlook: Outlook;
  readonly sources: Sources;
  /** The shop's newest orders played again, or made-up ones of the average size. */
  readonly orders: { readonly count: number; readonly source: "history" | "assumed" };
  readonly figures: Figures;
  readonly findings: readonly Finding[];
}

export function previewBook(book: RuleBook, { given, history, terms, now }: PreviewFacts): Preview {
  const { outlook, sources } = completeOutlook(given, history);
  // Who states another size of order asks about those, not about the ones that were.
  const isReal = history.sample.length >= SAMPLE_MIN && given.averageOrderFen === undefined;
  const sample = isReal ? history.sample : imagineOrders(book, outlook, now);
  const figures = figuresOf(book, { outlook, sample, terms });
  const findings = lintBook(book, { outlook, figures, terms, now });
  return {
    outlook,
    sources,
    orders: { count: sample.length, source: isReal ? "history" : "assumed" },
    figures,
    findings,
  };
}
