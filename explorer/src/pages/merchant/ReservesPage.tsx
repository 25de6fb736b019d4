/** What the merchant keeps in the pool: points to give out, and ALP to pay for points coming in. */
import { useQuery } from "@tanstack/react-query";
import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getAccountOptions, getPoolOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { fundAlp, fundPoints, withdrawAlp, withdrawPoints } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { PoolDetail } from "../../../../gateway/client/generated/types.gen.ts";
import type { Send } from "../../api/write.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { AmountItem } from "./AmountItem.tsx";
import { OpenPoolPanel } from "./OpenPoolPanel.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { ALP_DECIMALS, POINT_DECIMALS, alpOf, pointsOf } from "./units.ts";

type Way = "in" | "out";

/** The chain keeps reserves of ALP in steps of a million wei. */
const ALP_STEP = 1_000_000n;

interface Fields {
  readonly amount: string;
}

export default function ReservesPage() {
  const { t } = useTranslation("merchantPool");
  const { token } = useOwnMerchant();
  const pool = useQuery(getPoolOptions({ path: { token } }));
  return (
    <Page title={t("reserves.title")} lead={t("reserves.lead")}>
      <QueryView query={pool} missing={<OpenPoolPanel token={token} />}>
        {(found) => <Reserves pool={found} />}
      </QueryView>
    </Page>
  );
}

const pointSend =
  (token: string, way: Way): Send<Fields> =>
  ({ amount }, headers) => {
    const about = { path: { token }, body: { points: pointsOf(amount) }, headers, throwOnError: true } as const;
    return way === "in" ? fundPoints(about) : withdrawPoints(about);
  };

const alpSend =
  (token: string, way: Way): Send<Fields> =>
  ({ amount }, headers) => {
    const about = { path: { token }, body: { alp: alpOf(amount) }, headers, throwOnError: true } as const;
    return way === "in" ? fundAlp(about) : withdrawAlp(about);
  };

function Reserves({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("merchantPool");
  const { controller } = useOwnMerchant();
  const purse = useQuery(getAccountOptions({ path: { address: controller } }));
  return (
    <>
      <dl className="figures">
        <div className="figure">
          <dt>{t("reserves.points")}</dt>
          <dd>
            <AmountText amount={pool.pointReserve} />
          </dd>
        </div>
        <div className="figure">
          <dt>{t("reserves.alp")}</dt>
          <dd>
            <AmountText amount={pool.alpReserve} />
          </dd>
        </div>
        <div className="figure">
          <dt>{t("reserves.purse")}</dt>
          <dd>{purse.data === undefined ? "…" : <AmountText amount={purse.data.alp} />}</dd>
        </div>
      </dl>
      <div className="grid">
        <MovePanel
          title={t("reserves.points")}
          unit={pool.symbol}
          decimals={POINT_DECIMALS}
          words="points"
          send={(way) => pointSend(pool.token, way)}
        />
        <MovePanel
          title={t("reserves.alp")}
          unit={pool.alpReserve.symbol}
          decimals={ALP_DECIMALS}
          step={ALP_STEP}
          words="alp"
          send={(way) => alpSend(pool.token, way)}
        />
      </div>
    </>
  );
}

interface MoveProps {
  readonly title: string;
  readonly unit: string;
  readonly decimals: number;
  readonly step?: bigint;
  readonly words: "points" | "alp";
  readonly send: (way: Way) => Send<Fields>;
}

function MovePanel({ title, unit, decimals, step, words, send }: MoveProps) {
  const { t } = useTranslation("merchantPool");
  const [way, setWay] = useState<Way>("in");
  return (
    <Panel title={title}>
      <Radio.Group
        aria-label={title}
        optionType="button"
        value={way}
        onChange={({ target }) => setWay(target.value as Way)}
        options={(["in", "out"] as const).map((one) => ({ value: one, label: t(`reserves.${one}`) }))}
      />
      <p className="page-lead">{t(`reserves.${words}Move.${way}`)}</p>
      <WriteForm<Fields> key={way} action={t(`reserves.${words}Move.${way}Do`)} send={send(way)} empties>
        <AmountItem
          name="amount"
          label={t("amount")}
          unit={unit}
          decimals={decimals}
          {...(step === undefined ? {} : { step })}
        />
      </WriteForm>
    </Panel>
  );
}
