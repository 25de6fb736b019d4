/** How much the merchant's side of the exchange moves a day, and whether it moves at all. */
import { useQuery } from "@tanstack/react-query";
import { Form, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { getPoolOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { setLimits, setPause } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { PoolDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../format/amount.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { LimitItems, limitsIn } from "./LimitItems.tsx";
import type { LimitFields } from "./LimitItems.tsx";
import { OpenPoolPanel } from "./OpenPoolPanel.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { POINT_DECIMALS } from "./units.ts";

interface PauseFields {
  readonly acceptPaused: boolean;
  readonly releasePaused: boolean;
}

export default function LimitsPage() {
  const { t } = useTranslation("merchantPool");
  const { token } = useOwnMerchant();
  const pool = useQuery(getPoolOptions({ path: { token } }));
  return (
    <Page title={t("limits.title")} lead={t("limits.lead")}>
      <QueryView query={pool} missing={<OpenPoolPanel token={token} />}>
        {(found) => <LimitsOfPool pool={found} />}
      </QueryView>
    </Page>
  );
}

const typed = (amount: string): string => formatExact(amount, POINT_DECIMALS).replaceAll(",", "");

function LimitsOfPool({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("merchantPool");
  const { token, poolDailyLimit, accountDailyLimit, takenToday, isAcceptPaused, isReleasePaused } = pool;
  const about = { path: { token }, throwOnError: true } as const;
  return (
    <div className="grid">
      <Panel title={t("limits.form")}>
        <p className="page-lead">
          {t("limits.taken")} <AmountText amount={takenToday} />
        </p>
        <WriteForm<LimitFields>
          action={t("limits.do")}
          initial={{ poolDaily: typed(poolDailyLimit.amount), accountDaily: typed(accountDailyLimit.amount) }}
          send={(fields, headers) => setLimits({ ...about, body: limitsIn(fields), headers })}
        >
          <LimitItems />
        </WriteForm>
      </Panel>
      <Panel title={t("pause.title")}>
        <p className="page-lead">{t("pause.lead")}</p>
        <WriteForm<PauseFields>
          action={t("pause.do")}
          initial={{ acceptPaused: isAcceptPaused, releasePaused: isReleasePaused }}
          send={(body, headers) => setPause({ ...about, body, headers })}
        >
          <Form.Item name="acceptPaused" label={t("pause.accept")} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="releasePaused" label={t("pause.release")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </WriteForm>
      </Panel>
    </div>
  );
}
