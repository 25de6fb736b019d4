/** The reader's own part: vote, queue, execute or stop it, by what the organisation keeps here or by an own wallet. */
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Council, ProposalDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { useConnection } from "../../wallet/use-wallet.ts";
import { BySession } from "./BySession.tsx";
import { ByWallet } from "./ByWallet.tsx";

export interface PartProps {
  readonly proposal: ProposalDetail;
  readonly council: Council;
}

export function TakePart({ proposal, council }: PartProps) {
  const { t } = useTranslation("council");
  const connection = useConnection();
  const [chosen, choose] = useState<"session" | "wallet">();
  // Whoever came with a connected wallet means to use it.
  const way = chosen ?? (connection === undefined ? "session" : "wallet");
  return (
    <div className="take-part">
      <Segmented
        aria-label={t("part.way")}
        value={way}
        options={(["session", "wallet"] as const).map((value) => ({ value, label: t(`part.${value}`) }))}
        onChange={choose}
      />
      {way === "session" ? (
        <BySession proposal={proposal} council={council} />
      ) : (
        <ByWallet proposal={proposal} council={council} />
      )}
    </div>
  );
}
