/** What the pool takes in and gives out a day: in all, and of one account. */
import { useTranslation } from "react-i18next";
import { AmountItem } from "./AmountItem.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

export interface LimitFields {
  readonly poolDaily: string;
  readonly accountDaily: string;
}

export const limitsIn = ({ poolDaily, accountDaily }: LimitFields): LimitFields => ({
  poolDaily: pointsOf(poolDaily),
  accountDaily: pointsOf(accountDaily),
});

export function LimitItems() {
  const { t } = useTranslation("merchantPool");
  const { tokenSymbol: unit } = useOwnMerchant();
  const about = { unit, decimals: POINT_DECIMALS, mayBeZero: true } as const;
  return (
    <>
      <AmountItem {...about} name="poolDaily" label={t("limits.pool")} extra={t("limits.poolHint")} />
      <AmountItem {...about} name="accountDaily" label={t("limits.account")} extra={t("limits.accountHint")} />
    </>
  );
}
