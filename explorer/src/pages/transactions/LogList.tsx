/** What the contracts wrote down: decoded where an ABI is known, and as it stands on the chain in any case. */
import { useTranslation } from "react-i18next";
import type { RawLog } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { DecodedFields } from "./DecodedFields.tsx";

export function LogList({ logs }: { readonly logs: readonly RawLog[] }) {
  const { t } = useTranslation("chain");
  if (logs.length === 0) return <NothingThere text={t("transaction.noLogs")} />;
  return (
    <ol className="actions" start={0}>
      {logs.map((log) => (
        <li key={log.index}>
          <h3>
            {log.decoded === null ? (
              <span className="soft">{t("transaction.undecoded")}</span>
            ) : (
              <code>{log.decoded.signature}</code>
            )}
          </h3>
          <p>
            <AddressLink address={log.address} />
          </p>
          {log.decoded === null ? null : <DecodedFields call={log.decoded} />}
          <details>
            <summary>
              {t("transaction.topics")} · {t("transaction.data")}
            </summary>
            <ol className="hex wrap" start={0}>
              {log.topics.map((topic, index) => (
                <li key={`${index}`}>{topic}</li>
              ))}
            </ol>
            <pre className="wrap">{log.data}</pre>
          </details>
        </li>
      ))}
    </ol>
  );
}
