/**
 * The one way to other people's servers. A name is resolved and judged as the connection is made, and the connection goes
 * to the very number that was judged: a name that answers differently the second time gains nothing. No redirect is
 * followed, no proxy of the environment is used, nothing is decompressed; time and size are bounded.
 */
import type { LookupFunction } from "node:net";
import { Agent, buildConnector, request } from "undici";
import { LedgerError } from "../kernel/errors.ts";
import type { Policy } from "./policy.ts";
import { isPublicAddress, parseTarget, refuse } from "./policy.ts";
import type { Resolve } from "./resolve.ts";
import { resolveByDns, resolveBySystem } from "./resolve.ts";

export interface OutwardRequest {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, 30 s at most. */
  readonly timeoutMs?: number;
  /** Of the answer's body, 64 KiB at most; more is `tooLong: "cut"` or an error. */
  readonly answerBytesMax?: number;
  readonly tooLong?: "cut" | "refuse";
}

export interface OutwardAnswer {
  readonly status: number;
  /** UTF-8; what is no UTF-8 is replaced. */
  readonly body: string;
  readonly isCut: boolean;
  readonly durationMs: number;
}

export interface Outward {
  /** Throws `outward_refused` for an address that will never be called. */
  assertTarget(url: string): void;
  /**
   * Any answer is an answer, a redirect too. Throws `outward_refused` (not public), `outward_unreachable` (nobody, no
   * TLS, too slow) or `outward_answer_too_long`.
   */
  ask(asked: OutwardRequest): Promise<OutwardAnswer>;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
const EXCHANGE_MS_MAX = 30_000;
const ANSWER_BYTES_MAX = 65_536;
const HEADER_BYTES_MAX = 16_384;
/** A receiver that is called often keeps its connection for so long. */
const KEEP_ALIVE_MS = 4_000;
const CONNECTIONS_PER_HOST = 8;

/** `resolve` is the policy's own way unless a test plays an untrue one. */
export function openOutward(policy: Policy, resolve: Resolve = resolverOf(policy)): Outward {
  const agent = new Agent({
    connect: connectorOf(policy, resolve),
    connections: CONNECTIONS_PER_HOST,
    pipelining: 1,
    // One protocol of one parser is less to get wrong.
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: HEADER_BYTES_MAX,
  });
  return {
    assertTarget: (url) => void parseTarget(url, policy),
    ask: (asked) => exchange(agent, policy, asked),
    close: () => agent.destroy(),
  };
}

function resolverOf({ addresses }: Policy): Resolve {
  return addresses === "public" ? resolveByDns() : resolveBySystem;
}

/** Judges what a name resolves to, and gives the connection exactly that. */
function judgingLookup(policy: Policy, resolve: Resolve): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (found) => {
        // One private number among public ones is enough to refuse: nobody honest publishes such a name.
        const isRefused = policy.addresses === "public" && !found.every(({ address }) => isPublicAddress(address));
        const [first] = found;
        if (first === undefined || isRefused) {
          callback(refuse(`https://${name}`, "is the name of no public address", "未指向公网地址"), "", 0);
        } else if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, "", 0);
      },
    );
  };
}

function connectorOf(policy: Policy, resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, timeout: CONNECT_MS, lookup: judgingLookup(policy, resolve) });
  return (options, callback) => {
    connect(options, (...outcome) => {
      // Undici gives an error alone: then there is no second argument, whatever its types say.
      const socket = outcome[1] ?? undefined;
      // The last word is the connection's own: whatever led here, nothing is said to a private number.
      if (socket !== undefined && policy.addresses === "public" && !isPublicAddress(socket.remoteAddress ?? "")) {
        socket.destroy();
        callback(refuse(`https://${options.hostname}`, "leads to no public address", "未指向公网地址"), null);
      } else callback(...outcome);
    });
  };
}

async function exchange(agent: Agent, policy: Policy, asked: OutwardRequest): Promise<OutwardAnswer> {
  const target = parseTarget(asked.url, policy);
  const startedAt = performance.now();
  const timeoutMs = Math.min(asked.timeoutMs ?? EXCHANGE_MS_MAX, EXCHANGE_MS_MAX);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`no whole answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const { statusCode, body } = await request(target, {
      dispatcher: agent,
      method: asked.method,
      headers: { "user-agent": "alliance-points-ledger", ...asked.headers },
      ...(asked.body === undefined ? {} : { body: asked.body }),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: limit.signal,
    });
    const read = await readBody(body, asked);
    return { status: statusCode, ...read, durationMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    throw namedError(target, error);
  } finally {
    clearTimeout(timer);
  }
}

type Body = Awaited<ReturnType<typeof request>>["body"];

async function readBody(body: Body, asked: OutwardRequest): Promise<{ body: string; isCut: boolean }> {
  const limit = Math.min(asked.answerBytesMax ?? ANSWER_BYTES_MAX, ANSWER_BYTES_MAX);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop destroys the body, and the connection with it: 10 MB are not read to be thrown away.
    if (length > limit) break;
  }
  const isCut = length > limit;
  if (isCut && asked.tooLong !== "cut")
    throw new LedgerError("outward_answer_too_long", { url: new URL(asked.url).host, limit });
  return { body: Buffer.concat(chunks).subarray(0, limit).toString("utf8"), isCut };
}

function namedError({ host }: URL, error: unknown): LedgerError {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof LedgerError) return one;
  const { code, message } = error as { code?: string; message?: string };
  // A library's sentence may repeat a header or a path; a code can not.
  const problem = code ?? (/^no whole answer within \d+ ms$/.test(message ?? "") ? message : undefined) ?? "no answer";
  return new LedgerError("outward_unreachable", { url: host, problem }, error);
}
