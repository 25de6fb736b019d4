/** Comparisons that are counted by subject; the first difference ends the audit with its name. */

/** What differs, where, and what each side says. */
export class Difference extends Error {
  override readonly name = "Difference";
}

export class Checks {
  readonly #counts = new Map<string, number>();

  /** Both sides in the same form: numbers as bigint or string, lots as text. */
  same(subject: string, where: string, sides: { expected: unknown; found: unknown }): void {
    const [expected, found] = [String(sides.expected), String(sides.found)];
    if (expected !== found) throw new Difference(`${subject} of ${where}: the replay says ${expected}, found ${found}`);
    this.#counts.set(subject, (this.#counts.get(subject) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Lines of a table: subject and how many were equal. */
  table(): string[] {
    return [...this.#counts].map(([subject, count]) => `  ${String(count).padStart(9)}  ${subject}`);
  }

  /** Forgets what was counted for subjects that begin so: they are compared again. */
  forget(prefix: string): void {
    for (const subject of this.#counts.keys()) if (subject.startsWith(prefix)) this.#counts.delete(subject);
  }
}

/** Runs `work` over `items`, `width` at a time: a node answers 50 calls at once in the time of a few. */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
