/** Everything a customer has, at all merchants: what it is worth, what expires first, what can be done with it. */
import { EnvironmentOutlined, GiftOutlined, QrcodeOutlined, SwapOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getAccountOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Account } from "../../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { accountUrl, walletPaths } from "../../../urls.ts";
import { useHolder } from "../holder.ts";
import { faceFen, useShops, yuanText } from "../shops.ts";
import { ExpiresFirst } from "./ExpiresFirst.tsx";
import { HoldingRow } from "./HoldingRow.tsx";
import { OpenCodes } from "./OpenCodes.tsx";

export default function HomePage() {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const query = useQuery(getAccountOptions({ path: { address: account } }));
  return (
    <Page title={t("home.title")} lead={t("home.lead")}>
      <QueryView query={query} missing={<Empty />}>
        {(found) => (
          <>
            <Hero account={found} />
            <OpenCodes tokens={found.holdings.map(({ token }) => token)} />
            <div className="grid">
              <Panel title={t("home.holdings")}>
                <Holdings account={found} />
              </Panel>
              <Panel title={t("home.expires")}>
                <ExpiresFirst />
              </Panel>
            </div>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Empty() {
  const { t } = useTranslation("purse");
  return (
    <NothingThere text={t("home.empty")}>
      <Link to={walletPaths.nearby}>{t("home.toNearby")}</Link>
    </NothingThere>
  );
}

const ACTS = [
  ["pay", QrcodeOutlined],
  ["swap", SwapOutlined],
  ["goods", GiftOutlined],
  ["nearby", EnvironmentOutlined],
] as const;

function Hero({ account: { address, holdings, totalValue } }: { account: Account }) {
  const { t } = useTranslation("purse");
  const { data: shops } = useShops();
  const fen = holdings.reduce((sum, { token, balance }) => {
    const shop = shops?.find((one) => one.token === token);
    return shop === undefined ? sum : sum + faceFen(balance.amount, shop.pointsPerYuan);
  }, 0n);
  return (
    <section className="wallet-hero" aria-label={t("home.value")}>
      <div>
        <p className="wallet-hero-label">{t("home.value")}</p>
        <p className="wallet-hero-value">¥{yuanText(fen)}</p>
        <p className="wallet-hero-facts">
          <span>
            {t("home.swapValue")} <AmountText amount={totalValue} />
          </span>
          <Link to={accountUrl(address)}>{t("home.onChain")}</Link>
        </p>
      </div>
      <div className="wallet-acts">
        {ACTS.map(([name, Icon]) => (
          <Link key={name} to={walletPaths[name]}>
            <Icon aria-hidden="true" />
            {t(`act.${name}`)}
          </Link>
        ))}
      </div>
    </section>
  );
}

/** The most valuable first; what is all spent comes last. */
function Holdings({ account: { holdings } }: { account: Account }) {
  const worth = (value: { amount: string } | null): bigint => BigInt(value?.amount ?? 0);
  const sorted = [...holdings].sort((a, b) => Number(worth(b.value) - worth(a.value)));
  if (sorted.length === 0) return <Empty />;
  return (
    <ul className="wallet-list">
      {sorted.map((holding) => (
        <HoldingRow key={holding.token} holding={holding} />
      ))}
    </ul>
  );
}
