/** What was asked of which contract. */
import { useTranslation } from "react-i18next";
import type { RawTransaction } from "../../../../gateway/client/generated/types.gen.ts";
import { HexBlock } from "./HexBlock.tsx";
import { DecodedFields } from "./DecodedFields.tsx";

export function CallView({ raw }: { readonly raw: RawTransaction }) {
  const { t } = useTranslation("chain");
  const { call, contract, transaction } = raw;
  const input = typeof transaction["input"] === "string" ? transaction["input"] : "0x";
  return (
    <>
      {call === null ? (
        <p>{t("transaction.noCall")}</p>
      ) : (
        <>
          <dl className="facts">
            <dt>{t("transaction.contract")}</dt>
            <dd>{contract ?? "–"}</dd>
            <dt>{t("transaction.function")}</dt>
            <dd>
              <code>{call.signature}</code>
            </dd>
          </dl>
          <DecodedFields call={call} />
        </>
      )}
      <HexBlock title={t("transaction.input")} text={input} />
    </>
  );
}
