/** The node's own JSON, nothing left out. */
import { useTranslation } from "react-i18next";
import type { RawTransaction } from "../../../../gateway/client/generated/types.gen.ts";
import { HexBlock } from "./HexBlock.tsx";

export function RawView({ raw }: { readonly raw: RawTransaction }) {
  const { t } = useTranslation("chain");
  return (
    <>
      <HexBlock title={t("transaction.nodeTransaction")} text={JSON.stringify(raw.transaction, null, 2)} />
      <HexBlock title={t("transaction.nodeReceipt")} text={JSON.stringify(raw.receipt, null, 2)} />
    </>
  );
}
