/** One key's way to the gateway's API, for filling the demo: every write has a name, so that it happens once. */
import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "../tooling/setup-error.ts";

interface Command {
  readonly id: string;
  readonly state: string;
  readonly settledAt: number | null;
  readonly error: { readonly en: string } | null;
}

/** The read side follows the chain by a block or two. */
const FOUND_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;

export class ShopHand {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async get<T>(path: string): Promise<T> {
    return this.#ask<T>("GET", path);
  }

  /** Asks until there is something. */
  async find<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + FOUND_WITHIN_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new SetupError(`Filling the demo's shops: ${what} did not appear.`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** `name` is unique among the organisation's writes. */
  write<T = Command>(method: "POST" | "PUT", path: string, name: string, body: object = {}): Promise<T> {
    return this.#ask<T>(method, path, { name: `demo ${name}`, body });
  }

  /** Until the chain has it. */
  async carryOut(path: string, name: string, body: object = {}): Promise<void> {
    let command = await this.write("POST", path, name, body);
    while (command.settledAt === null) command = await this.get<Command>(`/v1/commands/${command.id}?wait=30`);
    if (command.state !== "confirmed")
      throw new SetupError(`Filling the demo's shops: ${name}: ${command.error?.en ?? command.state}`);
  }

  async #ask<T>(method: string, path: string, write?: { name: string; body: object }): Promise<T> {
    const headers = { authorization: `Bearer ${this.#key}` };
    const written = write === undefined ? {} : { "idempotency-key": write.name, "content-type": "application/json" };
    const response = await fetch(this.#url + path, {
      method,
      headers: { ...headers, ...written },
      ...(write === undefined ? {} : { body: JSON.stringify(write.body) }),
    }).catch((error: unknown) => {
      throw new SetupError(`Filling the demo's shops: ${method} ${path}: no answer.`, { cause: error });
    });
    const body = (await response.json()) as T & { detail?: string };
    if (response.ok) return body;
    throw new SetupError(`Filling the demo's shops: ${method} ${path}: ${response.status} ${body.detail ?? ""}`);
  }
}
