/** Keys that may issue at a till, each with what it may issue a day. */
import { Button, Drawer, Popconfirm, Progress } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { setTill } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { MerchantDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { useWrite } from "../../api/write.ts";
import { formatExact } from "../../format/amount.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useNow } from "../../parts/now.ts";
import { AmountItem } from "./AmountItem.tsx";
import { WriteForm } from "./WriteForm.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";
import { issuedToday, shareOfLimit } from "./tills.ts";
import { POINT_DECIMALS, pointsOf } from "./units.ts";

type Till = MerchantDetail["tills"][number];

interface Fields {
  readonly dailyLimit: string;
}

export default function TillsPage() {
  const { t } = useTranslation("merchantAccess");
  const { token, tokenSymbol, tills } = useOwnMerchant();
  const [changing, setChanging] = useState<Till>();
  const live = tills.filter(({ dailyLimit }) => dailyLimit.amount !== "0");
  return (
    <Page title={t("tills.title")} lead={t("tills.lead")}>
      <Panel title={t("tills.list")}>
        {live.length === 0 ? (
          <NothingThere text={t("tills.none")} />
        ) : (
          <div className="scroll" tabIndex={0} role="region" aria-label={t("tills.list")}>
            <TillTable tills={live} onChange={setChanging} />
          </div>
        )}
      </Panel>
      <Panel title={t("tills.new")}>
        <p className="page-lead">{t("tills.newHint")}</p>
        <WriteForm<Fields>
          action={t("tills.add")}
          empties
          send={({ dailyLimit }, headers) =>
            setTill({ path: { token }, body: { dailyLimit: pointsOf(dailyLimit) }, headers, throwOnError: true })
          }
        >
          <AmountItem name="dailyLimit" label={t("tills.limit")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
        </WriteForm>
      </Panel>
      {changing === undefined ? null : <ChangeTill till={changing} onClose={() => setChanging(undefined)} />}
    </Page>
  );
}

function TillTable({ tills, onChange }: { tills: readonly Till[]; onChange: (till: Till) => void }) {
  const { t } = useTranslation("merchantAccess");
  const { utcOffsetSeconds } = useOwnMerchant();
  const now = useNow();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t("tills.till")}</th>
          <th scope="col" className="number">
            {t("tills.limit")}
          </th>
          <th scope="col" className="number">
            {t("tills.today")}
          </th>
          <th scope="col">{t("tills.used")}</th>
          <th scope="col">{t("tills.actions")}</th>
        </tr>
      </thead>
      <tbody>
        {tills.map((till) => {
          const today = issuedToday(till, utcOffsetSeconds, now);
          const share = shareOfLimit(today, till.dailyLimit.amount);
          return (
            <tr key={till.address}>
              <td>
                <AddressLink address={till.address} />
              </td>
              <td className="number">
                <AmountText amount={till.dailyLimit} />
              </td>
              <td className="number">
                <AmountText amount={{ ...till.issued, amount: today.toString() }} />
              </td>
              <td>
                <Progress percent={share} size="small" className="till-share" aria-label={t("tills.used")} />
              </td>
              <td>
                <Button size="small" onClick={() => onChange(till)}>
                  {t("tills.change")}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ChangeTill({ till, onClose }: { till: Till; onClose: () => void }) {
  const { t } = useTranslation("merchantAccess");
  const { token, tokenSymbol } = useOwnMerchant();
  const path = { token };
  const removal = useWrite<string>((address, headers) =>
    setTill({ path, body: { till: address, dailyLimit: "0" }, headers, throwOnError: true }),
  );
  return (
    <Drawer open title={t("tills.change")} size={Math.min(420, innerWidth)} onClose={onClose}>
      <p className="hex wrap">{till.address}</p>
      <WriteForm<Fields>
        action={t("tills.save")}
        initial={{ dailyLimit: formatExact(till.dailyLimit.amount, POINT_DECIMALS).replaceAll(",", "") }}
        send={({ dailyLimit }, headers) => {
          const body = { till: till.address, dailyLimit: pointsOf(dailyLimit) };
          return setTill({ path, body, headers, throwOnError: true });
        }}
      >
        <AmountItem name="dailyLimit" label={t("tills.limit")} unit={tokenSymbol} decimals={POINT_DECIMALS} />
      </WriteForm>
      <h3 className="drawer-part">{t("tills.remove")}</h3>
      <p>{t("tills.removeHint")}</p>
      <Popconfirm title={t("tills.removeAsk")} onConfirm={() => removal.submit(till.address)}>
        <Button danger loading={removal.isSending}>
          {t("tills.remove")}
        </Button>
      </Popconfirm>
      {removal.error === undefined ? null : <ProblemNote error={removal.error} />}
      {removal.command === undefined ? null : <CommandNote command={removal.command} />}
    </Drawer>
  );
}
