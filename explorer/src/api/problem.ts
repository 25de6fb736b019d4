/** What went wrong, as the gateway says it (RFC 9457), in one shape whatever failed. */
import type { Problem } from "../../../gateway/client/generated/types.gen.ts";

/** Status 0: no answer came. */
export interface WebProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: { readonly en: string; readonly zh: string };
  readonly requestId: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

const AWAY: WebProblem = {
  status: 0,
  code: "gateway_away",
  detail: {
    en: "The gateway does not answer. Check your connection; this page goes on by itself when it is back.",
    zh: "网关没有响应。请检查网络连接；恢复后本页会自动继续。",
  },
  requestId: undefined,
  facts: {},
};

const isProblem = (error: unknown): error is Problem =>
  typeof error === "object" && error !== null && "code" in error && "status" in error && "detail" in error;

export function problemOf(error: unknown): WebProblem {
  if (!isProblem(error)) return AWAY;
  const { status, code, detail, detailZh, requestId, facts } = error;
  return { status, code, detail: { en: detail, zh: detailZh }, requestId, facts: facts };
}
