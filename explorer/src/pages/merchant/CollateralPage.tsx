/** The ALP that backs the merchant's points: paid in at once, taken out after a delay. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { depositCollateral, withdrawCollateral } from "../../../../gateway/client/generated/sdk.gen.ts";
import { formatAmount, formatBps } from "../../format/amount.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { useNow } from "../../parts/now.ts";
import { AmountItem } from "./AmountItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { ALP_DECIMALS, alpOf } from "./units.ts";

interface Fields {
  readonly alp: string;
}

export default function CollateralPage() {
  const { t } = useTranslation("merchantPool");
  const { id, coverage } = useOwnMerchant();
  const path = { id: String(id) };
  return (
    <Page title={t("collateral.title")} lead={t("collateral.lead")}>
      <CoverageFigures />
      <div className="grid">
        <Panel title={t("collateral.in")}>
          <p className="page-lead">{t("collateral.inHint")}</p>
          <WriteForm<Fields>
            action={t("collateral.inDo")}
            empties
            send={({ alp }, headers) =>
              depositCollateral({ path, body: { alp: alpOf(alp) }, headers, throwOnError: true })
            }
          >
            <AmountItem name="alp" label={t("amount")} unit={coverage.deposited.symbol} decimals={ALP_DECIMALS} />
          </WriteForm>
        </Panel>
        <Panel title={t("collateral.out")}>
          <Withdrawal />
        </Panel>
      </div>
    </Page>
  );
}

function CoverageFigures() {
  const { t } = useTranslation("merchantPool");
  const { coverage, seized } = useOwnMerchant();
  return (
    <dl className="figures">
      <div className="figure">
        <dt>{t("collateral.deposited")}</dt>
        <dd>
          <AmountText amount={coverage.deposited} />
        </dd>
      </div>
      <div className="figure">
        <dt>{t("collateral.required")}</dt>
        <dd>
          <AmountText amount={coverage.required} />
          <div className="figure-note">
            {t("collateral.requiredNote", { amount: formatAmount(coverage.outstanding) })}
          </div>
        </dd>
      </div>
      <div className="figure">
        <dt>{t("collateral.ratio")}</dt>
        <dd>{coverage.ratioBps === null ? "–" : formatBps(coverage.ratioBps)}</dd>
      </div>
      {seized.amount === "0" ? null : (
        <div className="figure">
          <dt>{t("collateral.seized")}</dt>
          <dd>
            <AmountText amount={seized} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** One request at a time: asked for, waits for its delay, then taken or called off. */
function Withdrawal() {
  const { t } = useTranslation("merchantPool");
  const { id, coverage, withdrawalAvailableAt: readyAt } = useOwnMerchant();
  const now = useNow();
  const path = { id: String(id) };
  const symbol = coverage.deposited.symbol;
  const step = (name: "take" | "cancel") => (
    <WriteForm<Record<string, never>>
      key={name}
      action={t(`collateral.${name}`)}
      send={(_, headers) => withdrawCollateral({ path, body: { step: name }, headers, throwOnError: true })}
    />
  );
  const isAsked = readyAt !== null && coverage.requested.amount !== "0";
  return (
    <>
      {isAsked ? (
        <>
          <Alert
            type={readyAt <= now ? "success" : "info"}
            showIcon
            title={t(readyAt <= now ? "collateral.ready" : "collateral.waits", {
              amount: formatAmount(coverage.requested),
            })}
            description={<TimeText seconds={readyAt} as="time" />}
          />
          <div className="row-tools spaced">{[...(readyAt <= now ? [step("take")] : []), step("cancel")]}</div>
        </>
      ) : (
        <p className="page-lead">{t("collateral.outHint")}</p>
      )}
      <WriteForm<Fields>
        action={t("collateral.outDo")}
        empties
        send={({ alp }, headers) =>
          withdrawCollateral({ path, body: { alp: alpOf(alp) }, headers, throwOnError: true })
        }
      >
        <AmountItem
          name="alp"
          label={t("amount")}
          unit={symbol}
          decimals={ALP_DECIMALS}
          {...(isAsked ? { extra: t("collateral.outAgain") } : {})}
        />
      </WriteForm>
    </>
  );
}
