/**
 * What happens on the chain, as it happens: one event stream a tab. Whoever shows data that may change says so by
 * `live` in its query's meta; such queries are read again soon after something happened, at most once a second.
 */
import { useSyncExternalStore } from "react";
import { queryClient } from "./query-client.ts";
import { LiveLine } from "./live-line.ts";

const REFRESH_EVERY_MS = 1_000;

let refresh: ReturnType<typeof setTimeout> | undefined;

/** Every query on the screen but those that say they never change (`meta: { live: false }`). */
export function refreshLive(): void {
  refresh ??= setTimeout(() => {
    refresh = undefined;
    void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.["live"] !== false });
  }, REFRESH_EVERY_MS);
}

const line = new LiveLine({ open: (url) => new EventSource(url), onEvent: refreshLive });

/** Begins to listen; stops while nobody looks, for a browser keeps only six connections to one host. */
export function startLive(): () => void {
  const follow = (): void => {
    if (document.visibilityState === "visible") line.open();
    else line.close();
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    line.close();
  };
}

export function useLiveState() {
  return useSyncExternalStore(line.subscribe, line.state);
}
