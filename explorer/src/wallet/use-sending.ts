/** One transaction of the reader's own wallet, from the question to the block that has it. */
import { useState } from "react";
import { refreshLive } from "../api/live.ts";
import type { Call } from "./send.ts";
import { sendCall, waitUntilMined } from "./send.ts";
import type { WalletError } from "./wallet-error.ts";
import { walletErrorOf } from "./wallet-error.ts";

export interface Sending {
  /** asking: the wallet waits for its owner; sent: no block has it yet. */
  readonly stage: "idle" | "asking" | "sent" | "mined" | "failed";
  readonly hash: string | undefined;
  readonly error: WalletError | undefined;
}

const IDLE: Sending = { stage: "idle", hash: undefined, error: undefined };

export function useSending() {
  const [sending, setSending] = useState<Sending>(IDLE);
  /** `as`: the account that must send it. Resolves with whether a block has it. */
  const send = async (make: () => Promise<Call>, as?: string): Promise<boolean> => {
    let hash: string | undefined;
    setSending({ stage: "asking", hash, error: undefined });
    try {
      hash = await sendCall(await make(), as);
      setSending({ stage: "sent", hash, error: undefined });
      await waitUntilMined(hash);
      setSending({ stage: "mined", hash, error: undefined });
      refreshLive();
      return true;
    } catch (error) {
      setSending({ stage: "failed", hash, error: walletErrorOf(error) });
      return false;
    }
  };
  const isBusy = sending.stage === "asking" || sending.stage === "sent";
  return { sending, isBusy, send, reset: () => setSending(IDLE) };
}
