/** What needs somebody, each with the way there. */
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  getPoolOptions,
  listGoodsRedemptionsOptions,
  listMeasuresOptions,
  listObjectionsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Point } from "../../../../gateway/client/generated/types.gen.ts";
import { problemOf } from "../../api/problem.ts";
import { formatDay } from "../../format/time.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { useNow } from "../../parts/now.ts";
import { dutiesOf } from "./duties.ts";
import { useOwnMerchant } from "./own-merchant.tsx";

/** Counted up to here; who has more knows it. */
const COUNTED_MAX = 100;

export function DutyList({ point }: { point: Point }) {
  const { t, i18n } = useTranslation("merchant");
  const merchant = useOwnMerchant();
  const now = useNow();
  const id = String(merchant.id);
  const pool = useQuery(getPoolOptions({ path: { token: merchant.token } }));
  const measures = useQuery(listMeasuresOptions({ query: { merchant: merchant.id, limit: 1 } }));
  const objections = useQuery(listObjectionsOptions({ path: { id }, query: { limit: COUNTED_MAX } }));
  const goods = useQuery(
    listGoodsRedemptionsOptions({ path: { id }, query: { state: "reserved", limit: COUNTED_MAX } }),
  );
  const isPoolMissing = pool.isError && problemOf(pool.error).status === 404;
  if (pool.data === undefined && !isPoolMissing) return null;
  const duties = dutiesOf({
    merchant,
    point,
    pool: pool.data ?? null,
    lastMeasure: measures.data?.items[0],
    objections: objections.data?.items.length ?? 0,
    goodsWaiting: goods.data?.items.length ?? 0,
    now,
    day: (seconds) => formatDay(seconds, i18n.language),
  });
  if (duties.length === 0) return <NothingThere text={t("today.dutiesNone")} />;
  return (
    <ul className="duties">
      {duties.map(({ name, tone, values, to }) => (
        <li key={name}>
          <Alert
            type={tone}
            showIcon
            title={t(`duty.${name}.text`, values)}
            action={merchant.isOwner ? <Link to={to}>{t(`duty.${name}.do`)}</Link> : undefined}
          />
        </li>
      ))}
    </ul>
  );
}
