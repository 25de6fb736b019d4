/** The merchant's side of the exchange is not open yet: first prices and limits open it. */
import { useTranslation } from "react-i18next";
import { openPool } from "../../../../gateway/client/generated/sdk.gen.ts";
import { Panel } from "../../parts/Panel.tsx";
import { LimitItems, limitsIn } from "./LimitItems.tsx";
import type { LimitFields } from "./LimitItems.tsx";
import { PriceItems } from "./PriceItems.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { pricesIn } from "./prices.ts";
import type { PriceFields } from "./prices.ts";

export function OpenPoolPanel({ token }: { token: string }) {
  const { t } = useTranslation("merchantPool");
  return (
    <Panel title={t("open.title")}>
      <p className="page-lead">{t("open.lead")}</p>
      <WriteForm<PriceFields & LimitFields>
        action={t("open.do")}
        send={(fields, headers) => {
          const body = { prices: pricesIn(fields), limits: limitsIn(fields) };
          return openPool({ path: { token }, body, headers, throwOnError: true });
        }}
      >
        <PriceItems />
        <LimitItems />
      </WriteForm>
    </Panel>
  );
}
