/** A vote signed in the wallet and sent by the gateway: it costs the member nothing, and needs somebody who is signed in. */
import { useRef, useState } from "react";
import { prepareBallot, relayBallot } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Vote } from "../../../../gateway/client/generated/types.gen.ts";
import { problemOf } from "../../api/problem.ts";
import { useSession } from "../../api/session.ts";
import { useWrite } from "../../api/write.ts";
import { signTypedData } from "../../wallet/sign.ts";
import { WalletError } from "../../wallet/wallet-error.ts";

interface Ballot {
  readonly support: Vote["support"];
  readonly signature: string;
}

export function useBallot(proposalId: number, voter: string) {
  const path = { id: String(proposalId) };
  const { session } = useSession();
  const [isSigning, setSigning] = useState(false);
  const [walletError, setWalletError] = useState<WalletError>();
  const [error, setError] = useState<unknown>();
  const signed = useRef<Ballot>(undefined);
  const write = useWrite((ballot: Ballot, headers) =>
    relayBallot({ path, body: { voter, ...ballot }, headers, throwOnError: true }),
  );
  const cast = async (support: Vote["support"]): Promise<void> => {
    setWalletError(undefined);
    setError(undefined);
    setSigning(true);
    try {
      // A ballot that was signed and not taken is sent again as it is.
      if (signed.current?.support !== support) {
        const { data } = await prepareBallot({ path, query: { support, voter }, throwOnError: true });
        signed.current = { support, signature: await signTypedData(data, voter) };
      }
      write.submit(signed.current);
    } catch (refused) {
      if (refused instanceof WalletError) setWalletError(refused);
      else setError(refused);
    } finally {
      setSigning(false);
    }
  };
  const refused = error ?? write.error;
  return {
    cast: (support: Vote["support"]) => void cast(support),
    isBusy: isSigning || write.isSending,
    walletError,
    error: refused,
    needsSession: session === null && refused !== undefined && problemOf(refused).status === 401,
    command: write.command,
  };
}
