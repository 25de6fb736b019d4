/** What makes a rule book meaningless, beyond the shape of its fields: it is refused as a whole. */
import { WHOLE_ORDER_RULES_MAX, looksAtWholeOrder } from "./best.ts";
import type { RuleBook, Task, Times } from "./rule-book.ts";

export interface Flaw {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export function findFlaws(book: RuleBook): readonly Flaw[] {
  return [
    ...repeatedIds(book),
    ...tierFlaws(book),
    ...bestFlaws(book),
    ...book.rules.flatMap(({ times }, index) => timeFlaws(times, ["rules", index, "times"])),
    ...book.tasks.flatMap((task, index) => taskFlaws(task, ["tasks", index])),
  ];
}

/** Rules and tasks share one space of names: caps and exports tell them apart by it. */
function repeatedIds({ rules, tasks, tiers }: RuleBook): Flaw[] {
  const seen = new Set<string>();
  const named = [
    ...rules.map(({ id }, index) => ({ id, path: ["rules", index, "id"] })),
    ...tasks.map(({ id }, index) => ({ id, path: ["tasks", index, "id"] })),
    ...tiers.map(({ id }, index) => ({ id: `tier ${id}`, path: ["tiers", index, "id"] })),
  ];
  return named.flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path, message: `${id} is there twice; ids are unique in the book` }];
  });
}

function tierFlaws({ tiers, rules }: RuleBook): Flaw[] {
  const known = new Set(tiers.map(({ id }) => id));
  const order = tiers.flatMap(({ fromFen }, index) => {
    const before = tiers[index - 1]?.fromFen;
    const isFine = before === undefined ? fromFen === 0n : fromFen > before;
    const message = index === 0 ? "must be 0: the first tier is everybody's" : "must be more than the tier before";
    return isFine ? [] : [{ path: ["tiers", index, "fromFen"], message }];
  });
  const unknown = rules.flatMap((rule, index) =>
    (rule.tiers ?? [])
      .filter((id) => !known.has(id))
      .map((id) => ({ path: ["rules", index, "tiers"], message: `there is no tier ${id} in this book` })),
  );
  return [...order, ...unknown];
}

function bestFlaws({ rules }: RuleBook): Flaw[] {
  const wide = rules.filter((rule) => rule.stacking === "best" && looksAtWholeOrder(rule));
  if (wide.length <= WHOLE_ORDER_RULES_MAX) return [];
  const message = `at most ${WHOLE_ORDER_RULES_MAX} rules that stack as best may have caps, a fixed amount or a unit; these are ${wide.length}`;
  return [{ path: ["rules"], message }];
}

function timeFlaws({ from, until, minutesFrom, minutesUntil }: Times, path: Flaw["path"]): Flaw[] {
  const flaws: Flaw[] = [];
  if (from !== undefined && until !== undefined && from >= until)
    flaws.push({ path: [...path, "until"], message: "must be after from" });
  if (minutesFrom !== undefined && minutesFrom === minutesUntil)
    flaws.push({
      path: [...path, "minutesUntil"],
      message: "must differ from minutesFrom; leave both out for all day",
    });
  if (minutesUntil === 0 && minutesFrom === undefined)
    flaws.push({ path: [...path, "minutesUntil"], message: "0 without minutesFrom leaves no minute" });
  return flaws;
}

function taskFlaws({ kind, steps, perDayMax, times }: Task, path: Flaw["path"]): Flaw[] {
  const flaws: Flaw[] = timeFlaws(times, [...path, "times"]);
  if (kind === "funnel" && steps.length < 2)
    flaws.push({ path: [...path, "steps"], message: "a funnel has at least 2 steps" });
  if (new Set(steps).size !== steps.length)
    flaws.push({ path: [...path, "steps"], message: "must not name a step twice" });
  if ((kind === "daily" || kind === "once") && perDayMax !== 1)
    flaws.push({ path: [...path, "perDayMax"], message: `must be 1 for a task of kind ${kind}` });
  return flaws;
}
