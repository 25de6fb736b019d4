/** One key's way to the API: what it asks, what it writes once, and how it waits for the chain. */
import { setTimeout as sleep } from "node:timers/promises";

/** A command of /v1/commands, as far as the street looks at it. */
export interface Command {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly settledAt: number | null;
  readonly error: { readonly code?: string; readonly en: string; readonly zh: string } | null;
  readonly outcome: Readonly<Record<string, unknown>> | null;
  readonly transactions: readonly { readonly blockNumber: number | null }[];
}

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

/** A refusal, with what was asked. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly code: string;

  constructor(asked: string, status: number, body: { code?: string; detail?: string; facts?: object }) {
    super(`${asked} → ${status} ${body.code ?? ""}: ${body.detail ?? ""} ${JSON.stringify(body.facts ?? {})}`);
    this.status = status;
    this.code = body.code ?? "";
  }
}

/** A write that was accepted and that the chain refused. */
export class Failed extends Error {
  override readonly name = "Failed";
}

const TRIES = 5;

export class StreetClient {
  readonly #url: string;
  readonly #key: string | undefined;
  readonly #name: string;

  /** `name` stands before the names of its writes: keys of one organisation share them. */
  constructor(url: string, key?: string, name = "") {
    this.#url = url;
    this.#key = key;
    this.#name = name;
  }

  async get<T>(path: string): Promise<T> {
    const { status, body } = await this.ask<T>("GET", path);
    if (status !== 200) throw new Refused(`GET ${path}`, status, body as object);
    return body;
  }

  /** Every page of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: T[]; nextCursor: string | null } = await this.get(`${path}?limit=200${at}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** `name` makes it happen once, whatever the network does. */
  async write<T = Command>(method: "POST" | "PUT" | "DELETE", path: string, name: string, body?: object): Promise<T> {
    const answered = await this.ask<T>(method, path, { body, headers: { "idempotency-key": `${this.#name}${name}` } });
    if (answered.status >= 300)
      throw new Refused(`${method} ${path} ${JSON.stringify(body ?? {})}`, answered.status, answered.body as object);
    return answered.body;
  }

  post<T = Command>(path: string, name: string, body: object = {}): Promise<T> {
    return this.write<T>("POST", path, name, body);
  }

  /** The write, and what the chain made of it; throws with the reason when that was nothing. */
  async carryOut(path: string, name: string, body: object = {}): Promise<Command> {
    return this.finish(await this.post(path, name, body));
  }

  async finish(accepted: Command): Promise<Command> {
    let command = accepted;
    while (command.settledAt === null) command = await this.get<Command>(`/v1/commands/${command.id}?wait=30`);
    if (command.state === "confirmed") return command;
    throw new Failed(`${command.kind} ${command.state}: ${command.error?.en ?? "no reason given"}`);
  }

  /** Whatever the answer is. A gateway that is busy is asked again: a name makes that harmless. */
  async ask<T>(
    method: string,
    path: string,
    more: { body?: object | undefined; headers?: Record<string, string> } = {},
  ): Promise<Answered<T>> {
    const headers = {
      ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
      ...(more.body === undefined ? {} : { "content-type": "application/json" }),
      ...more.headers,
    };
    const body = more.body === undefined ? {} : { body: JSON.stringify(more.body) };
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(this.#url + path, { method, headers, ...body });
      const text = await response.text();
      const isBusy = response.status === 503 || response.status === 429;
      if (!isBusy || tries === TRIES) return { status: response.status, body: JSON.parse(text) as T };
      await sleep(200 * tries);
    }
  }
}

/** So many at once, in order of the list; gives the results in that order. */
export async function inParallel<T, R>(
  width: number,
  items: readonly T[],
  run: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const walk = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index] as T;
      results[index] = await run(item, index);
    }
  };
  await Promise.all(Array.from({ length: width }, walk));
  return results;
}
