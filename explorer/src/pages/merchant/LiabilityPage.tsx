/** What the merchant owes its customers: by when it expires, its worth and cover, and what of it will expire unused. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getLiabilityOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { BlockLink } from "../../parts/links.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { Assumptions } from "./liability/Assumptions.tsx";
import { BreakagePanel } from "./liability/BreakagePanel.tsx";
import { LiabilityFigures } from "./liability/LiabilityFigures.tsx";
import { LotsPanel } from "./liability/LotsPanel.tsx";
import { MonthsPanel } from "./liability/MonthsPanel.tsx";
import { useOwnMerchant } from "./own-merchant.tsx";

export default function LiabilityPage() {
  const { t } = useTranslation("liability");
  const { id, isOwner } = useOwnMerchant();
  const report = useQuery({ ...getLiabilityOptions({ path: { id } }), enabled: isOwner });
  if (!isOwner)
    return (
      <Page title={t("title")}>
        <NothingThere text={t("ownersOnly")} />
      </Page>
    );
  return (
    <Page title={t("title")} lead={t("lead")} tools={<CsvLink path={`/v1/merchants/${id}/liability.csv`} />}>
      <QueryView query={report} rows={12}>
        {(liability) => (
          <>
            <LiabilityFigures liability={liability} />
            <LotsPanel liability={liability} />
            <BreakagePanel liability={liability} />
            <MonthsPanel liability={liability} />
            <Assumptions liability={liability} />
            <p className="soft">
              {t("asOf")} <BlockLink number={liability.block.number} />,{" "}
              <TimeText seconds={liability.block.timestamp} as="time" />
            </p>
          </>
        )}
      </QueryView>
    </Page>
  );
}
