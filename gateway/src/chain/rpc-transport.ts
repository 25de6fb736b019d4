/**
 * JSON-RPC requests over HTTP: one batch a round trip, a time limit on each, and the next node when one does not
 * answer, or answers that it can not serve. A batch is always one node's answer: half of one and half of another
 * would mix two states of the chain.
 */
import { LedgerError } from "../kernel/errors.ts";
import { parseHex32 } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { silentLog } from "../kernel/log.ts";
import { faultOf } from "./node-errors.ts";
import type { ChainIdentity, ChainNode } from "./node-list.ts";
import { NodeList } from "./node-list.ts";
import { parseNumber } from "./rpc-shapes.ts";

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

/** False for what only a node that is behind would answer: the next is asked then. */
export type IsWhole = (answers: readonly RpcAnswer[]) => boolean;

export interface TransportOptions {
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  readonly expected?: ChainIdentity | undefined;
  readonly log?: Log | undefined;
}

/** Besu allows 1,024 requests a batch, but a public node in front of it often 50. */
const BATCH_MAX = 50;

interface Served {
  readonly answers: readonly RpcAnswer[];
  /** A node that was asked before this one did not answer: it may have done what was asked. */
  readonly isUnsure: boolean;
}

export class RpcTransport {
  readonly nodes: NodeList;
  readonly #timeoutMs: number;
  readonly #expected: ChainIdentity | undefined;
  #id = 0;

  constructor({ urls, timeoutMs, expected, log }: TransportOptions) {
    this.nodes = new NodeList(urls, log ?? silentLog);
    this.#timeoutMs = timeoutMs;
    this.#expected = expected;
  }

  async ask(method: string, params: readonly unknown[]): Promise<RpcAnswer> {
    return (await this.askSurely(method, params)).answer;
  }

  /** For what has effects: `isUnsure` tells that another node may have taken it already. */
  async askSurely(method: string, params: readonly unknown[]): Promise<{ answer: RpcAnswer; isUnsure: boolean }> {
    const { answers, isUnsure } = await this.#post([{ method, params }], undefined);
    const [answer] = answers;
    if (answer === undefined) throw this.#unreachable("an empty answer");
    return { answer, isUnsure };
  }

  /** The result, or `chain_unreachable` when no node can serve. */
  async get(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.resultOf(await this.ask(method, params));
  }

  async getAll(requests: readonly RpcRequest[], isWhole?: IsWhole): Promise<unknown[]> {
    return (await this.askAll(requests, isWhole)).map((answer) => this.resultOf(answer));
  }

  async askAll(requests: readonly RpcRequest[], isWhole?: IsWhole): Promise<RpcAnswer[]> {
    const answers: RpcAnswer[] = [];
    for (let from = 0; from < requests.length; from += BATCH_MAX)
      answers.push(...(await this.#post(requests.slice(from, from + BATCH_MAX), isWhole)).answers);
    return answers;
  }

  resultOf(answer: RpcAnswer): unknown {
    if (answer.ok) return answer.result;
    throw this.#unreachable(`${answer.error.code} ${answer.error.message}`);
  }

  /** One node and no other; it is set aside when it does not answer, if not spared. Throws what went wrong. */
  async askNode(
    node: ChainNode,
    requests: readonly RpcRequest[],
    { timeoutMs = this.#timeoutMs, isSpared = false }: { timeoutMs?: number; isSpared?: boolean } = {},
  ): Promise<RpcAnswer[]> {
    try {
      await this.#recognise(node, timeoutMs);
      return await this.#fetch(node, requests, timeoutMs);
    } catch (error) {
      if (!isForeign(error) && !isSpared) this.nodes.setAside(node, reasonOf(error, timeoutMs));
      throw error;
    }
  }

  #unreachable(cause: unknown): LedgerError {
    return new LedgerError("chain_unreachable", { timeoutMs: this.#timeoutMs }, cause);
  }

  async #post(requests: readonly RpcRequest[], isWhole: IsWhole | undefined): Promise<Served> {
    let cause: unknown;
    let isUnsure = false;
    let lesser: Served | undefined;
    for (const node of this.nodes.inTurn()) {
      // There is an answer, if a poor one: nobody waits for a node that is probably away.
      if (lesser !== undefined && this.nodes.isAway(node)) break;
      try {
        const answers = await this.askNode(node, requests);
        const fault = this.#faultAmong(requests, answers);
        if (fault === undefined && isWhole?.(answers) !== false) {
          this.nodes.served(node);
          return { answers, isUnsure };
        }
        if (fault?.kind === "unready") this.nodes.setAside(node, fault.reason);
        lesser ??= { answers, isUnsure };
        isUnsure ||= fault?.kind === "troubled";
      } catch (error) {
        // A node of another chain was asked for nothing but its name.
        isUnsure ||= !isForeign(error);
        cause = isForeign(error) ? (cause ?? error) : error;
      }
    }
    if (lesser !== undefined) return lesser;
    if (isForeign(cause)) throw cause;
    throw this.#unreachable(cause);
  }

  /** The first answer that says only that this node can not serve. */
  #faultAmong(requests: readonly RpcRequest[], answers: readonly RpcAnswer[]) {
    for (const [index, answer] of answers.entries()) {
      const kind = answer.ok ? undefined : faultOf(requests[index]?.method ?? "", answer.error);
      if (!answer.ok && kind !== undefined) return { kind, reason: answer.error.message.slice(0, 120) };
    }
    return undefined;
  }

  async #recognise(node: ChainNode, timeoutMs: number): Promise<void> {
    if (this.#expected === undefined || node.identity === "ours") return;
    const requests = [
      { method: "eth_chainId", params: [] },
      { method: "eth_getBlockByNumber", params: ["0x0", false] },
    ];
    const [chainId, genesis] = (await this.#fetch(node, requests, timeoutMs)).map((answer) => {
      if (answer.ok && answer.result !== null) return answer.result;
      throw new TypeError(`it does not say which chain it serves${answer.ok ? "" : `: ${answer.error.message}`}`);
    });
    const genesisHash = parseHex32(String((genesis as { hash?: unknown }).hash), "hash");
    this.nodes.recognise(node, { chainId: parseNumber(chainId), genesisHash }, this.#expected);
  }

  async #fetch(node: ChainNode, requests: readonly RpcRequest[], timeoutMs: number): Promise<RpcAnswer[]> {
    const firstId = this.#id;
    this.#id += requests.length;
    const calls = requests.map((request, index) => ({ jsonrpc: "2.0", id: firstId + index, ...request }));
    const response = await fetch(node.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...node.headers },
      body: JSON.stringify(calls.length === 1 ? calls[0] : calls),
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Besu sends some of its errors with a status of their own.
    const json: unknown = await response.json().catch(() => undefined);
    if (json === undefined || (!response.ok && !Array.isArray(json) && (json as { id?: unknown }).id === undefined))
      throw new TypeError(`the node answered HTTP ${response.status}`);
    return readAnswers(json, firstId, requests.length);
  }
}

const isForeign = (error: unknown): error is LedgerError =>
  error instanceof LedgerError && error.code === "chain_mismatch";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "its name is not known",
  EHOSTUNREACH: "there is no way to it",
  ECONNRESET: "it cut the connection",
  UND_ERR_SOCKET: "it cut the connection",
};

/** What a health page may show: no address, no path. */
function reasonOf(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === "TimeoutError") return `no answer within ${timeoutMs} ms`;
  return REASONS[cause?.code ?? ""] ?? (cause?.code ?? cause?.message ?? message).slice(0, 120);
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
