/** What the shop knows of a member. */
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { LoyaltyMember } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../../format/amount.ts";
import { AddressLink } from "../../../../parts/AddressLink.tsx";
import { TimeText } from "../../../../parts/TimeText.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { POINT_DECIMALS } from "../../units.ts";
import { yuanOf } from "../fen.ts";

const COUNTED = ["pending", "objected", "issued", "reversed", "lapsed"] as const;

export function MemberFacts({ member }: { member: LoyaltyMember }) {
  const { t, i18n } = useTranslation("loyalty");
  const { tokenSymbol } = useOwnMerchant();
  const { account, joinedAt, referrer, spentFen, tier, nextTier, points, tasks, friends } = member;
  const say = (words: { zh: string; en: string }): string => (i18n.language === "en" ? words.en : words.zh);
  return (
    <dl className="facts">
      <dt>{t("members.account")}</dt>
      <dd>
        <AddressLink address={account} />
      </dd>
      <dt>{t("members.joined")}</dt>
      <dd>
        <TimeText seconds={joinedAt} as="time" />
      </dd>
      <dt>{t("members.tier")}</dt>
      <dd>
        {tier === null ? "–" : <Tag>{say(tier.name)}</Tag>}
        {nextTier === null ? null : t("members.next", { tier: say(nextTier.name), yuan: yuanOf(nextTier.missingFen) })}
      </dd>
      <dt>{t("members.spent")}</dt>
      <dd>¥{yuanOf(spentFen)}</dd>
      {COUNTED.map((name) => (
        <Counted
          key={name}
          label={t(`members.points.${name}`)}
          text={`${formatExact(points[name], POINT_DECIMALS)} ${tokenSymbol}`}
        />
      ))}
      <dt>{t("members.tasks")}</dt>
      <dd>
        {tasks.length === 0
          ? "–"
          : tasks.map(({ taskId, name, paidEver, paidToday }) => (
              <div key={taskId}>
                {say(name)}: {t("members.taskPaid", { ever: paidEver, today: paidToday })}
              </div>
            ))}
      </dd>
      <dt>{t("members.friends")}</dt>
      <dd>
        {friends.joined}
        {referrer === null ? null : (
          <>
            {" · "}
            {t("members.by")} <AddressLink address={referrer} />
          </>
        )}
      </dd>
    </dl>
  );
}

function Counted({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}
