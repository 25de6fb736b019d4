/** Points for one order. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { issuePoints } from "../../../../gateway/client/generated/sdk.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { merchantPaths } from "../../urls.ts";
import { AmountItem } from "./AmountItem.tsx";
import { CustomerItem } from "./CustomerItem.tsx";
import { IssuesTable } from "./IssuesTable.tsx";
import { OrderItem } from "./OrderItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { addressOf } from "./customers.ts";
import { useOwnMerchant } from "./own-merchant.tsx";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

interface Fields {
  readonly customer: string;
  readonly points: string;
  readonly orderRef: string;
}

export default function IssuePage() {
  const { t } = useTranslation("merchantIssue");
  const { token, tokenSymbol } = useOwnMerchant();
  return (
    <Page
      title={t("issue.title")}
      lead={t("issue.lead")}
      tools={<Link to={merchantPaths.batch}>{t("issue.toBatch")}</Link>}
    >
      <Panel title={t("issue.form")}>
        <WriteForm<Fields>
          action={t("issue.do")}
          empties
          send={async ({ customer, points, orderRef }, headers) => {
            const to = await addressOf(customer);
            const items = [{ to, points: pointsOf(points), orderRef: orderRef.trim() }];
            return issuePoints({ path: { token }, body: { items }, headers, throwOnError: true });
          }}
        >
          <CustomerItem name="customer" />
          <AmountItem name="points" label={t("points")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
          <OrderItem />
        </WriteForm>
      </Panel>
      <Panel title={t("issue.latest")}>
        <IssuesTable token={token} />
      </Panel>
    </Page>
  );
}
