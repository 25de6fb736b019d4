/** The reader's wallet: choose one, see which account is connected, get onto this chain, leave. */
import { Button, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shortHex } from "../format/address.ts";
import type { Connection } from "./connection.ts";
import { connectWallet, disconnect } from "./connection.ts";
import { switchNetwork } from "./network.ts";
import type { FoundWallet } from "./provider.ts";
import { useConnection, useNetwork, useWallets } from "./use-wallet.ts";
import type { WalletError } from "./wallet-error.ts";
import { walletErrorOf } from "./wallet-error.ts";
import { WalletProblem } from "./WalletProblem.tsx";

/** One thing at a time is asked of a wallet; what went wrong with it stays to be read. */
function useAsking() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<WalletError>();
  const ask = async (what: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await what();
    } catch (refused) {
      setError(walletErrorOf(refused));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, ask };
}

export function WalletBar() {
  const connection = useConnection();
  const { isBusy, error, ask } = useAsking();
  return (
    <div className="wallet-bar">
      {connection === undefined ? (
        <Choice isBusy={isBusy} onChoose={(wallet) => void ask(() => connectWallet(wallet))} />
      ) : (
        <Connected connection={connection} isBusy={isBusy} onSwitch={() => void ask(switchNetwork)} />
      )}
      {error === undefined ? null : <WalletProblem error={error} />}
    </div>
  );
}

interface ChoiceProps {
  readonly isBusy: boolean;
  readonly onChoose: (wallet: FoundWallet) => void;
}

function Choice({ isBusy, onChoose }: ChoiceProps) {
  const { t } = useTranslation("wallet");
  const wallets = useWallets();
  if (wallets.length === 0) return <p className="soft">{t("noWallet")}</p>;
  return (
    <Flex gap="small" wrap>
      {wallets.map((wallet) => (
        <Button
          key={wallet.rdns}
          loading={isBusy}
          icon={wallet.icon === "" ? undefined : <img src={wallet.icon} alt="" width={16} height={16} />}
          onClick={() => onChoose(wallet)}
        >
          {t("connect", { name: wallet.rdns === "window.ethereum" ? t("unnamed") : wallet.name })}
        </Button>
      ))}
    </Flex>
  );
}

interface ConnectedProps {
  readonly connection: Connection;
  readonly isBusy: boolean;
  readonly onSwitch: () => void;
}

function Connected({ connection: { account, chainId, wallet }, isBusy, onSwitch }: ConnectedProps) {
  const { t } = useTranslation("wallet");
  const { data: network } = useNetwork();
  const isElsewhere = network !== undefined && network.chainId !== chainId;
  return (
    <Flex gap="small" wrap align="center">
      <span>
        {t("connected", { name: wallet.name })}{" "}
        <span className="hex" title={account}>
          {shortHex(account)}
        </span>
      </span>
      {isElsewhere ? (
        <Button type="primary" loading={isBusy} onClick={onSwitch}>
          {t("switch", { name: network.chainName })}
        </Button>
      ) : null}
      <Button type="text" onClick={disconnect}>
        {t("disconnect")}
      </Button>
    </Flex>
  );
}
