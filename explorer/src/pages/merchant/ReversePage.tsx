/** Goods came back: the points of their order are taken back. */
import { useTranslation } from "react-i18next";
import { reverseIssue } from "../../../../gateway/client/generated/sdk.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { AmountItem } from "./AmountItem.tsx";
import { IssuesTable } from "./IssuesTable.tsx";
import { OrderItem } from "./OrderItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

interface Fields {
  readonly orderRef: string;
  readonly points: string;
}

export default function ReversePage() {
  const { t } = useTranslation("merchantIssue");
  const { token, tokenSymbol } = useOwnMerchant();
  return (
    <Page title={t("reverse.title")} lead={t("reverse.lead")}>
      <Panel title={t("reverse.form")}>
        <WriteForm<Fields>
          action={t("reverse.do")}
          isDanger
          empties
          send={({ orderRef, points }, headers) => {
            const body = { orderRef: orderRef.trim(), points: pointsOf(points) };
            return reverseIssue({ path: { token }, body, headers, throwOnError: true });
          }}
        >
          <OrderItem hint={t("reverse.orderHint")} />
          <AmountItem
            name="points"
            label={t("reverse.points")}
            unit={tokenSymbol}
            decimals={POINT_DECIMALS}
            extra={t("reverse.pointsHint")}
          />
        </WriteForm>
      </Panel>
      <Panel title={t("issue.latest")}>
        <IssuesTable token={token} />
      </Panel>
    </Page>
  );
}
