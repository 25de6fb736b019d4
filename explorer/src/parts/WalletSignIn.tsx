/** Signing in with a wallet of one's own: connect it, then let it sign a text. */
import { Button, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/session.ts";
import { prepareWalletSignIn, signInWithWallet } from "../api/session.ts";
import { signInText } from "../wallet/sign-in-text.ts";
import { signText } from "../wallet/sign.ts";
import { useConnection } from "../wallet/use-wallet.ts";
import { WalletError } from "../wallet/wallet-error.ts";
import { WalletBar } from "../wallet/WalletBar.tsx";
import { WalletProblem } from "../wallet/WalletProblem.tsx";
import { ProblemNote } from "./ProblemNote.tsx";

async function signInBy(account: string): Promise<Session | null> {
  const { address, chainId, nonce } = await prepareWalletSignIn(account);
  const { host, origin } = location;
  const message = signInText({ host, origin, address, chainId, nonce, issuedAt: new Date() });
  return signInWithWallet({ message, signature: await signText(message, account) });
}

export default function WalletSignIn({ onSignedIn }: { onSignedIn?: ((session: Session) => void) | undefined }) {
  const { t } = useTranslation("session");
  const connection = useConnection();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const enter = async (account: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const session = await signInBy(account);
      if (session !== null) onSignedIn?.(session);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex vertical gap="middle">
      <p className="sign-in-help">{t("wallet.help")}</p>
      <WalletBar />
      {connection === undefined ? null : (
        <div>
          <Button type="primary" loading={isBusy} onClick={() => void enter(connection.account)}>
            {t("wallet.enter")}
          </Button>
        </div>
      )}
      {problem === undefined ? null : problem instanceof WalletError ? (
        <WalletProblem error={problem} />
      ) : (
        <ProblemNote error={problem} />
      )}
    </Flex>
  );
}
