/** What would be lost first, over all merchants, and two ways not to lose it. */
import { Button, Flex } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getAccountExpiriesOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { AccountExpiries } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatDay } from "../../../format/time.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { walletPaths, withQuery } from "../../../urls.ts";
import { useHolder } from "../holder.ts";

/** So many are shown at first; within so many days is soon. */
const SHOWN = 4;
const SOON_DAYS = 30;

export function ExpiresFirst() {
  const { t } = useTranslation("purse");
  const { account } = useHolder();
  const query = useQuery(getAccountExpiriesOptions({ path: { account } }));
  return (
    <QueryView query={query}>
      {({ items, lapsed }) => (
        <>
          {items.length === 0 ? <NothingThere text={t("home.nothingExpires")} /> : <Lots items={items} />}
          {lapsed.length === 0 ? null : <Lapsed lapsed={lapsed} />}
        </>
      )}
    </QueryView>
  );
}

function Lots({ items }: { items: AccountExpiries["items"] }) {
  const { t, i18n } = useTranslation("purse");
  const [isWhole, setWhole] = useState(false);
  const sorted = [...items].sort((a, b) => a.expiresAt - b.expiresAt);
  const shown = isWhole ? sorted : sorted.slice(0, SHOWN);
  return (
    <>
      <ul className="wallet-list">
        {shown.map(({ token, name, epoch, points, expiresAt, daysLeft }) => (
          <li key={`${token}-${epoch}`} className="wallet-lot">
            <Flex justify="space-between" gap="small" wrap>
              <span className="wallet-name">{name}</span>
              <AmountText amount={points} />
            </Flex>
            <Flex justify="space-between" gap="small" wrap align="center">
              <span>
                <span className={daysLeft <= SOON_DAYS ? "wallet-soon" : "wallet-soft"}>
                  {t("home.daysLeft", { count: daysLeft })}
                </span>{" "}
                <span className="wallet-soft">{formatDay(expiresAt, i18n.language)}</span>
              </span>
              <Flex gap="middle">
                <Link to={withQuery(walletPaths.pay, { token })}>{t("home.use")}</Link>
                <Link to={withQuery(walletPaths.swap, { from: token, points: points.amount })}>{t("home.swap")}</Link>
              </Flex>
            </Flex>
          </li>
        ))}
      </ul>
      {sorted.length > SHOWN ? (
        <Button type="link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("home.fewer") : t("home.all", { count: sorted.length })}
        </Button>
      ) : null}
    </>
  );
}

/** Honest about what is gone. */
function Lapsed({ lapsed }: { lapsed: AccountExpiries["lapsed"] }) {
  const { t, i18n } = useTranslation("purse");
  return (
    <details className="wallet-lapsed">
      <summary>{t("home.lapsed", { count: lapsed.length })}</summary>
      <ul className="wallet-list">
        {lapsed.map(({ token, name, epoch, points, expiredAt }) => (
          <li key={`${token}-${epoch}`} className="wallet-lot wallet-soft">
            <Flex justify="space-between" gap="small" wrap>
              <span>
                {name} · {formatDay(expiredAt, i18n.language)}
              </span>
              <AmountText amount={points} />
            </Flex>
          </li>
        ))}
      </ul>
    </details>
  );
}
