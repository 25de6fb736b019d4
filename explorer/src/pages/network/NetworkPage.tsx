/** This chain for the reader's own wallet: added with one click (EIP-3085), or by hand. */
import { Button, Flex, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { getNetworkOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Network } from "../../../../gateway/client/generated/types.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { addNetwork } from "../../wallet/network.ts";
import type { FoundWallet } from "../../wallet/provider.ts";
import { useWallets } from "../../wallet/use-wallet.ts";
import type { WalletError } from "../../wallet/wallet-error.ts";
import { walletErrorOf } from "../../wallet/wallet-error.ts";
import { WalletProblem } from "../../wallet/WalletProblem.tsx";

export default function NetworkPage() {
  const { t } = useTranslation("network");
  const network = useQuery({ ...getNetworkOptions(), meta: { live: false } });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <QueryView query={network}>
        {(known) => (
          <>
            <Panel title={t("add.title")}>
              <AddButtons network={known} />
            </Panel>
            <Panel title={t("byHand.title")}>
              <Values network={known} />
            </Panel>
            <Panel title={t("programs.title")}>
              <Programs rpcUrl={known.rpcUrls[0] ?? ""} />
            </Panel>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function AddButtons({ network }: { network: Network }) {
  const { t } = useTranslation("network");
  const wallets = useWallets();
  const [state, setState] = useState<{ added?: string; error?: WalletError }>({});
  const add = async ({ provider, name }: FoundWallet): Promise<void> => {
    setState({});
    try {
      await addNetwork(provider, network);
      setState({ added: name });
    } catch (error) {
      setState({ error: walletErrorOf(error) });
    }
  };
  if (wallets.length === 0) return <p className="flat">{t("add.none")}</p>;
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" wrap>
        {wallets.map((wallet) => (
          <Button
            key={wallet.rdns}
            type="primary"
            icon={wallet.icon === "" ? undefined : <img src={wallet.icon} alt="" width={16} height={16} />}
            onClick={() => void add(wallet)}
          >
            {t("add.to", { name: wallet.rdns === "window.ethereum" ? t("add.unnamed") : wallet.name })}
          </Button>
        ))}
      </Flex>
      <p className="flat" role="status">
        {state.added === undefined ? t("add.free") : t("add.done", { name: state.added })}
      </p>
      {state.error === undefined ? null : <WalletProblem error={state.error} />}
    </Flex>
  );
}

function Values({ network }: { network: Network }) {
  const { t } = useTranslation("network");
  const rows = [
    ["name", network.chainName],
    ["rpc", network.rpcUrls.join(" ")],
    ["chainId", String(network.chainId)],
    ["symbol", network.nativeCurrency.symbol],
    ["explorer", network.blockExplorerUrls.join(" ")],
  ] as const;
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div className="contents" key={name}>
          <dt>{t(`byHand.${name}`)}</dt>
          <dd>
            <Typography.Text copyable={{ text: value, tooltips: false }}>{value}</Typography.Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Programs({ rpcUrl }: { rpcUrl: string }) {
  const { t } = useTranslation("network");
  return (
    <>
      <p className="flat">{t("programs.text")}</p>
      <pre tabIndex={0}>
        <code>{`import { JsonRpcProvider } from "ethers";\nconst provider = new JsonRpcProvider("${rpcUrl}", undefined, { batchMaxCount: 20 });`}</code>
      </pre>
    </>
  );
}
