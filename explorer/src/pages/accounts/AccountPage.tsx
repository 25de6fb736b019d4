/** One account: what it holds and what that is worth, what expires first, and all that it did. */
import { useQuery } from "@tanstack/react-query";
import { Statistic, Tag, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getAccountOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GetAccountResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { useKnown } from "../../api/labels.ts";
import { shortHex } from "../../format/address.ts";
import { formatCount } from "../../format/number.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TabLinks } from "../../parts/TabLinks.tsx";
import { useUrlChoice } from "../../parts/url-field.ts";
import { paths } from "../../urls.ts";
import { AccountExpiries } from "./AccountExpiries.tsx";
import { AccountParts } from "./AccountParts.tsx";
import { AccountSwaps } from "./AccountSwaps.tsx";
import { AccountTransfers } from "./AccountTransfers.tsx";
import { Holdings } from "./Holdings.tsx";
import "../../parts/lists.css";
import "./accounts.css";

const TABS = {
  holdings: Holdings,
  expiries: AccountExpiries,
  transfers: AccountTransfers,
  swaps: AccountSwaps,
} as const;
type TabName = keyof typeof TABS;
const TAB_NAMES = Object.keys(TABS) as [TabName, ...TabName[]];
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** What a tab is given. */
export interface AccountProps {
  readonly account: GetAccountResponse;
}

export default function AccountPage() {
  const { t } = useTranslation("accounts");
  const { address = "" } = useParams();
  if (!ADDRESS.test(address))
    return (
      <Page title={t("wrong.title")}>
        <NothingThere text={t("wrong.text", { address })}>
          <Link to={paths.accounts}>{t("wrong.all")}</Link>
        </NothingThere>
      </Page>
    );
  return <AccountAt address={address} key={address} />;
}

function AccountAt({ address }: { address: string }) {
  const { t } = useTranslation("accounts");
  const known = useKnown(address);
  const { t: common } = useTranslation();
  const query = useQuery(getAccountOptions({ path: { address } }));
  // Contracts are known by their names in the code; each has one in the reader's language.
  const name = known?.kind === "contract" ? common(`contract.${known.name as "alliance"}`, known.name) : known?.name;
  return (
    <Page
      title={name ?? t("title", { address: shortHex(address) })}
      lead={
        <Typography.Text className="hex whole-address" copyable={{ tooltips: [t("copy"), t("copied")] }}>
          {address}
        </Typography.Text>
      }
    >
      <QueryView query={query} rows={8}>
        {(account) => <ThisAccount account={account} isKnown={known !== undefined} />}
      </QueryView>
    </Page>
  );
}

function ThisAccount({ account, isKnown }: AccountProps & { isKnown: boolean }) {
  const { t } = useTranslation("accounts");
  const [tab] = useUrlChoice("tab", TAB_NAMES);
  const Content = TABS[tab];
  const { firstSeenAt, holdings, parts } = account;
  const isUnknown = firstSeenAt === null && holdings.length === 0 && parts.length === 0 && !isKnown;
  if (isUnknown)
    return (
      <NothingThere text={t("unknown")}>
        <Link to={paths.accounts}>{t("wrong.all")}</Link>
      </NothingThere>
    );
  return (
    <>
      <Figures account={account} />
      <AccountParts account={account} />
      <TabLinks label={t("views")} names={TAB_NAMES} shown={tab} text={(name) => t(`tabs.${name}`)} />
      <div className="tab-content">
        <Content account={account} />
      </div>
    </>
  );
}

function Figures({ account }: AccountProps) {
  const { t } = useTranslation("accounts");
  const { totalValue, alp, holdings, firstSeenAt } = account;
  const isFrozen = holdings.some((holding) => holding.isFrozen);
  const soonest = holdings
    .flatMap(({ nextExpiry }) => (nextExpiry === null ? [] : [nextExpiry]))
    .sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity))[0];
  const held = holdings.filter(({ balance }) => balance.amount !== "0").length;
  const figure = (title: ReactNode, value: ReactNode) => <Statistic title={title} valueRender={() => value} />;
  return (
    <div className="panel figures">
      {figure(<abbr title={t("valueWhat")}>{t("figures.value")}</abbr>, <AmountText amount={totalValue} />)}
      {figure(t("figures.alp"), <AmountText amount={alp} />)}
      {figure(t("figures.tokens"), formatCount(held))}
      {figure(
        t("figures.next"),
        soonest === undefined || soonest.expiresAt === null ? (
          "–"
        ) : (
          <>
            <AmountText amount={soonest.points} />
            <br />
            <span className="soft figure-note">
              <TimeText seconds={soonest.expiresAt} />
            </span>
          </>
        ),
      )}
      {figure(t("figures.since"), firstSeenAt === null ? "–" : <TimeText seconds={firstSeenAt} />)}
      {figure(
        t("figures.state"),
        isFrozen ? <Tag color="red">{t("frozen")}</Tag> : <span className="soft">{t("free")}</span>,
      )}
    </div>
  );
}
