/** JSON-RPC requests over HTTP: one batch a round trip, a time limit on each, the next node when one does not answer. */
import { LedgerError } from "../kernel/errors.ts";

export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type RpcAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: RpcError };

/** Besu allows 1,024 requests a batch, but a public node in front of it often 50. */
const BATCH_MAX = 50;

export class RpcTransport {
  readonly #urls: readonly string[];
  readonly #timeoutMs: number;
  #preferred = 0;
  #id = 0;

  constructor(urls: readonly string[], timeoutMs: number) {
    this.#urls = urls;
    this.#timeoutMs = timeoutMs;
  }

  async ask(method: string, params: readonly unknown[]): Promise<RpcAnswer> {
    const [answer] = await this.askAll([{ method, params }]);
    if (answer === undefined) throw this.#unreachable("an empty answer");
    return answer;
  }

  /** The result, or `chain_unreachable` when the node says it can not serve. */
  async get(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.resultOf(await this.ask(method, params));
  }

  async getAll(requests: readonly RpcRequest[]): Promise<unknown[]> {
    return (await this.askAll(requests)).map((answer) => this.resultOf(answer));
  }

  async askAll(requests: readonly RpcRequest[]): Promise<RpcAnswer[]> {
    const answers: RpcAnswer[] = [];
    for (let from = 0; from < requests.length; from += BATCH_MAX)
      answers.push(...(await this.#post(requests.slice(from, from + BATCH_MAX))));
    return answers;
  }

  resultOf(answer: RpcAnswer): unknown {
    if (answer.ok) return answer.result;
    throw this.#unreachable(`${answer.error.code} ${answer.error.message}`);
  }

  #unreachable(cause: unknown): LedgerError {
    return new LedgerError("chain_unreachable", { timeoutMs: this.#timeoutMs }, cause);
  }

  async #post(requests: readonly RpcRequest[]): Promise<RpcAnswer[]> {
    const firstId = this.#id;
    this.#id += requests.length;
    const calls = requests.map((request, index) => ({ jsonrpc: "2.0", id: firstId + index, ...request }));
    const body = JSON.stringify(calls.length === 1 ? calls[0] : calls);
    let cause: unknown;
    for (let turn = 0; turn < this.#urls.length; turn += 1) {
      const url = this.#urls[(this.#preferred + turn) % this.#urls.length] ?? "";
      try {
        const answers = readAnswers(await this.#fetch(url, body), firstId, requests.length);
        this.#preferred = (this.#preferred + turn) % this.#urls.length;
        return answers;
      } catch (error) {
        cause = error;
      }
    }
    throw this.#unreachable(cause);
  }

  async #fetch(url: string, body: string): Promise<unknown> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    if (!response.ok) throw new TypeError(`the node answered HTTP ${response.status}`);
    return response.json();
  }
}

/** A batch may come back in any order; an answer that is missing makes the whole batch unanswered. */
function readAnswers(json: unknown, firstId: number, count: number): RpcAnswer[] {
  const list = (Array.isArray(json) ? json : [json]) as { id?: unknown; result?: unknown; error?: RpcError }[];
  const answers = new Array<RpcAnswer | undefined>(count).fill(undefined);
  for (const { id, result, error } of list) {
    if (typeof id !== "number")
      throw new TypeError(`the node answered without an id: ${error?.message ?? "no reason"}`);
    answers[id - firstId] = error === undefined ? { ok: true, result } : { ok: false, error };
  }
  return answers.map((answer, index) => {
    if (answer === undefined) throw new TypeError(`the node left request ${index} of ${count} unanswered`);
    return answer;
  });
}
