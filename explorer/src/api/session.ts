/** Who is signed in. The cookie is the gateway's and no script can read it: who it stands for is asked of the gateway. */
import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { getSessionOptions, getSessionQueryKey } from "../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { client } from "../../../gateway/client/generated/client.gen.ts";
import {
  prepareWalletSignIn as askNonce,
  signIn as askIn,
  signInWithWallet as askInWithWallet,
  signOut as askOut,
} from "../../../gateway/client/generated/sdk.gen.ts";
import type { Session, SessionAnswer, WalletNonce } from "../../../gateway/client/generated/types.gen.ts";
import { queryClient } from "./query-client.ts";

export type { Session } from "../../../gateway/client/generated/types.gen.ts";
export type Role = Session["role"];

/** The gateway is asked now and then whether the session is still there: it may have been ended elsewhere. */
const LOOK_EVERY_MS = 5 * 60_000;

export interface SessionState {
  /** Undefined while nobody knows yet; null when nobody is signed in. */
  readonly session: Session | null | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
}

/** Under a gate: whose page it is, even while that reader signs in again in front of it. */
export const ReaderContext = createContext<Session | undefined>(undefined);

export function useSession(): SessionState {
  const reader = use(ReaderContext);
  const { data, error, refetch } = useQuery({
    ...getSessionOptions(),
    staleTime: LOOK_EVERY_MS,
    refetchInterval: LOOK_EVERY_MS,
    refetchOnWindowFocus: true,
    meta: { live: false },
  });
  return { session: reader ?? data?.session, error, refetch: () => void refetch() };
}

/** The same reader in the same part: after signing in again the page goes on with what was typed into it. */
export const readerOf = ({ role, organisation, merchantId, memberId, account }: Session): string =>
  JSON.stringify([role, organisation, merchantId, memberId, account]);

let lastReader: string | undefined;
let hasSignedOut = false;

/** Whether the reader left; otherwise a session that is gone has merely ended, and the reader may go on. */
export const readerHasLeft = (): boolean => hasSignedOut;

export async function signIn(body: { apiKey: string } | { walletLink: string }): Promise<Session | null> {
  const { data } = await askIn({ body, throwOnError: true });
  return enter(data);
}

/** What the wallet's text needs from the gateway. */
export async function prepareWalletSignIn(account: string): Promise<WalletNonce> {
  return (await askNonce({ body: { account }, throwOnError: true })).data;
}

export async function signInWithWallet(body: { message: string; signature: string }): Promise<Session | null> {
  const { data } = await askInWithWallet({ body, throwOnError: true });
  return enter(data);
}

export async function signOut(): Promise<void> {
  const { data } = await askOut({ throwOnError: true });
  hasSignedOut = true;
  await enter(data);
}

/** Another reader sees nothing of what the one before was shown; the same one finds the page as it was, read anew. */
async function enter(answer: SessionAnswer): Promise<Session | null> {
  const { session } = answer;
  const reader = session === null ? undefined : readerOf(session);
  const isSame = reader !== undefined && reader === lastReader;
  if (session !== null) hasSignedOut = false;
  lastReader = reader;
  queryClient.setQueryData(getSessionQueryKey(), answer);
  const others = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => !isSessionKey(queryKey) };
  if (!isSame) {
    // The cache tells its readers in a task of its own, and they take their pages away: what those had asked is theirs alone,
    // and would be asked again by nobody who may.
    await new Promise((done) => setTimeout(done, 0));
    queryClient.removeQueries({ type: "inactive", ...others });
  }
  await (isSame ? queryClient.invalidateQueries(others) : queryClient.resetQueries(others));
  return session;
}

const SESSION_KEY = JSON.stringify(getSessionQueryKey());
const isSessionKey = (key: readonly unknown[]): boolean => JSON.stringify(key) === SESSION_KEY;

queryClient.getQueryCache().subscribe(({ query }) => {
  if (!isSessionKey(query.queryKey as readonly unknown[])) return;
  const session = (query.state.data as SessionAnswer | undefined)?.session;
  if (session) lastReader = readerOf(session);
});

// Whatever was asked: a session that is over is over for the whole page.
client.interceptors.response.use((response) => {
  if (response.status === 401) queryClient.setQueryData(getSessionQueryKey(), { session: null });
  return response;
});
