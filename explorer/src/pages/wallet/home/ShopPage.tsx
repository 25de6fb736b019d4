/** A customer at one merchant: points with their ages, tier and tasks there, and what to do with them. */
import { Flex, Progress, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import {
  getAccountOptions,
  getLoyaltyMemberOptions,
} from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Holding, LoyaltyMember } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../format/amount.ts";
import { formatDay } from "../../../format/time.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { pointUrl, walletPaths, withQuery } from "../../../urls.ts";
import { useHolder } from "../holder.ts";
import type { Shop } from "../shops.ts";
import { useShop, yuanText } from "../shops.ts";

export default function ShopPage() {
  const { t } = useTranslation("purse");
  const token = useParams()["token"] ?? "";
  const { account } = useHolder();
  const shop = useShop(token);
  const query = useQuery(getAccountOptions({ path: { address: account } }));
  return (
    <Page title={shop?.pointName ?? t("shop.title")} lead={shop?.name}>
      <QueryView query={query}>
        {({ holdings }) => <Lots holding={holdings.find((one) => one.token === token.toLowerCase())} token={token} />}
      </QueryView>
      {shop === undefined ? null : <Membership shop={shop} account={account} />}
    </Page>
  );
}

function Lots({ holding, token }: { holding: Holding | undefined; token: string }) {
  const { t, i18n } = useTranslation("purse");
  return (
    <Panel title={t("shop.points")} tools={<Link to={pointUrl(token)}>{t("shop.about")}</Link>}>
      {holding === undefined ? (
        <NothingThere text={t("shop.none")} />
      ) : (
        <>
          <p className="wallet-code-amount">
            <AmountText amount={holding.balance} />
          </p>
          <ul className="wallet-list">
            {holding.lots.map(({ epoch, points, expiresAt }) => (
              <li key={epoch} className="wallet-lot">
                <Flex justify="space-between">
                  <AmountText amount={points} />
                  <span className="wallet-soft">
                    {expiresAt === null
                      ? t("shop.never")
                      : t("home.until", { day: formatDay(expiresAt, i18n.language) })}
                  </span>
                </Flex>
              </li>
            ))}
          </ul>
        </>
      )}
      <nav className="wallet-ways" aria-label={t("shop.ways")}>
        <Link to={withQuery(walletPaths.pay, { token })}>{t("act.pay")}</Link>
        <Link to={withQuery(walletPaths.swap, { from: token })}>{t("act.swap")}</Link>
        <Link to={withQuery(walletPaths.send, { token })}>{t("act.send")}</Link>
        <Link to={withQuery(walletPaths.goods, { token })}>{t("act.goods")}</Link>
      </nav>
    </Panel>
  );
}

function Membership({ shop, account }: { shop: Shop; account: string }) {
  const { t } = useTranslation("purse");
  const path = { id: String(shop.merchantId), account };
  const query = useQuery(getLoyaltyMemberOptions({ path }));
  return (
    <Panel title={t("shop.member")}>
      <QueryView query={query} missing={<NothingThere text={t("shop.noMember")} />}>
        {(member) => <Member member={member} shop={shop} />}
      </QueryView>
    </Panel>
  );
}

function Member({ member: { tier, nextTier, spentFen, points, tasks }, shop }: { member: LoyaltyMember; shop: Shop }) {
  const { t, i18n } = useTranslation("purse");
  const say = (words: { zh: string; en: string }): string => (i18n.language === "en" ? words.en : words.zh);
  const spent = BigInt(spentFen);
  const goal = nextTier === null ? spent : spent + BigInt(nextTier.missingFen);
  const pointsText = (amount: string): string => `${formatExact(amount, shop.decimals)} ${shop.symbol}`;
  return (
    <div className="wallet-form">
      <p>
        {tier === null ? null : <Tag>{say(tier.name)}</Tag>} {t("shop.spent", { yuan: yuanText(spent) })}
        {points.pending === "0" ? null : ` · ${t("shop.pending", { points: pointsText(points.pending) })}`}
      </p>
      {nextTier === null ? null : (
        <div>
          <Progress
            percent={goal === 0n ? 0 : Number((spent * 100n) / goal)}
            aria-label={t("shop.next", { tier: say(nextTier.name), yuan: yuanText(BigInt(nextTier.missingFen)) })}
          />
          <p className="wallet-soft">
            {t("shop.next", { tier: say(nextTier.name), yuan: yuanText(BigInt(nextTier.missingFen)) })}
          </p>
        </div>
      )}
      {tasks.length === 0 ? null : (
        <ul className="wallet-list">
          {tasks.map(({ taskId, name, kind, points: earned, isOpen, stepsDone, steps }) => (
            <li key={taskId} className="wallet-lot">
              <Flex justify="space-between" gap="small" wrap>
                <span>
                  <span className="wallet-name">{say(name)}</span>{" "}
                  <span className="wallet-soft">
                    {t(`shop.task.${kind}`)}
                    {steps.length > 1 ? ` ${stepsDone}/${steps.length}` : ""}
                  </span>
                </span>
                <span className={isOpen ? "wallet-in" : "wallet-soft"}>
                  {isOpen ? `+${pointsText(earned)}` : t("shop.taskDone")}
                </span>
              </Flex>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
