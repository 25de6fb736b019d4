/** Tells the story in two languages and keeps count of what was compared. */
export class Narrator {
  #step = 0;
  #compared = 0;
  #differences = 0;

  /** A new step of the main job. */
  step(en: string, zh: string): void {
    this.#step += 1;
    console.log(`\n${this.#step}. ${en} · ${zh}`);
  }

  note(text: string): void {
    console.log(`   ${text}`);
  }

  /** What the API says beside what the chain (or arithmetic) says; every difference is shown and counted. */
  same(what: string, fromApi: unknown, fromChain: unknown): void {
    const [said, is] = [textOf(fromApi), textOf(fromChain)];
    this.#compared += 1;
    if (said === is) {
      console.log(`   ✓ ${what}: ${said}`);
      return;
    }
    this.#differences += 1;
    console.log(`   ✗ ${what}: the API says ${said}, the chain says ${is}`);
  }

  /** The exit code. */
  end(seconds: number): number {
    const outcome = this.#differences === 0 ? "every number agrees · 全部一致" : `${this.#differences} DIFFER · 不一致`;
    console.log(`\n${this.#compared} numbers compared with the chain, ${outcome} (${seconds.toFixed(1)} s)`);
    return this.#differences === 0 ? 0 : 1;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : String(value);
}

/** Base units of points as people read them: 12345 → "123.45". */
export function pointsText(units: bigint): string {
  const text = units.toString().padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
