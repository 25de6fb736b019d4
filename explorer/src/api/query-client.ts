/** The one cache of answers, and the one generated client that fills it. */
import { QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { client } from "../../../gateway/client/generated/client.gen.ts";
import { problemOf } from "./problem.ts";

client.setConfig({ baseUrl: location.origin, credentials: "same-origin" });
// `detail` comes in the language asked for; the Chinese words come in any case.
client.interceptors.request.use((request) => {
  request.headers.set("Accept-Language", i18next.language === "en" ? "en" : "zh-CN");
  // Pages of other sites can not send this along: a session is taken from no others (Sec-Fetch-Site says it too, over TLS).
  request.headers.set("X-Ledger-Web", "1");
  return request;
});

const RETRIES_MAX = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What changes is told by the event stream (live.ts); until then an answer is as good as new.
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // What was refused will be refused again; what was not answered may be.
      retry: (failures, error) => problemOf(error).status === 0 && failures < RETRIES_MAX,
    },
  },
});
