/** A managed customer pays with points at the till: consumed at once, or held until the order is final. */
import { Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { holdPoints, redeemPoints } from "../../../../gateway/client/generated/sdk.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { merchantPaths } from "../../urls.ts";
import { AmountItem } from "./AmountItem.tsx";
import { CustomerItem } from "./CustomerItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

type Kind = "deduction" | "goods" | "lottery";
const KINDS: readonly Kind[] = ["deduction", "goods", "lottery"];
/** What the API takes as a name of a redemption: printable ASCII. */
const REF = /^[\x21-\x7e]{1,128}$/;
const HOLD_MINUTES_MAX = 30 * 24 * 60;

interface Fields {
  readonly customerId: string;
  readonly points: string;
  readonly kind: Kind;
  readonly ref: string;
  readonly minutes?: number;
}

export default function RedeemPage() {
  const { t } = useTranslation("merchantRedeem");
  const [query, setQuery] = useSearchParams();
  const isHold = query.get("as") === "hold";
  return (
    <Page
      title={t("redeem.title")}
      lead={t("redeem.lead")}
      tools={<Link to={merchantPaths.redemptions}>{t("redeem.toList")}</Link>}
    >
      <Panel title={t("redeem.form")}>
        <Radio.Group
          aria-label={t("redeem.how")}
          value={isHold ? "hold" : "now"}
          optionType="button"
          onChange={({ target }) => setQuery(target.value === "hold" ? { as: "hold" } : {}, { replace: true })}
          options={[
            { value: "now", label: t("redeem.now") },
            { value: "hold", label: t("redeem.hold") },
          ]}
        />
        <p className="page-lead">{t(isHold ? "redeem.holdHint" : "redeem.nowHint")}</p>
        <RedeemForm key={String(isHold)} isHold={isHold} />
      </Panel>
    </Page>
  );
}

function RedeemForm({ isHold }: { isHold: boolean }) {
  const { t } = useTranslation("merchantRedeem");
  const { token, tokenSymbol } = useOwnMerchant();
  return (
    <WriteForm<Fields>
      action={t(isHold ? "redeem.doHold" : "redeem.doNow")}
      initial={{ kind: "deduction", ...(isHold ? { minutes: 60 } : {}) }}
      empties
      send={({ customerId, points, kind, ref, minutes }, headers) => {
        const body = { customerId: customerId.trim().toLowerCase(), points: pointsOf(points), kind, ref: ref.trim() };
        const about = { path: { token }, headers, throwOnError: true } as const;
        return isHold
          ? holdPoints({ ...about, body: { ...body, seconds: (minutes ?? 60) * 60 } })
          : redeemPoints({ ...about, body });
      }}
    >
      <CustomerItem name="customerId" managedOnly />
      <AmountItem name="points" label={t("points")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
      <Form.Item name="kind" label={t("kind.label")}>
        <Select options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />
      </Form.Item>
      <Form.Item
        name="ref"
        label={t("ref")}
        extra={t("refHint")}
        rules={[{ required: true, pattern: REF, message: t("refFlaw") }]}
      >
        <Input autoComplete="off" spellCheck={false} maxLength={128} />
      </Form.Item>
      {isHold ? (
        <Form.Item
          name="minutes"
          label={t("redeem.minutes")}
          extra={t("redeem.minutesHint")}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={HOLD_MINUTES_MAX} precision={0} />
        </Form.Item>
      ) : null}
    </WriteForm>
  );
}
