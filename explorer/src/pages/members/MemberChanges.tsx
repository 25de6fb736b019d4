/** What changed about a member, and in which transaction. */
import { useTranslation } from "react-i18next";
import type { MemberDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

const KNOWN = ["status", "node", "representative"] as const;
const ADDRESS = /^0x[0-9a-f]{40}$/;

function Value({ text }: { readonly text: string }) {
  if (ADDRESS.test(text)) return <AddressLink address={text} />;
  return <>{text === "" ? "–" : text}</>;
}

export function MemberChanges({ changes }: Pick<MemberDetail, "changes">) {
  const { t } = useTranslation("members");
  const nameOf = (what: string): string => {
    const known = KNOWN.find((one) => one === what);
    return known === undefined ? what : t(`member.${known}`);
  };
  return (
    <Panel title={t("change.title")}>
      <div className="scroll" tabIndex={0} role="region" aria-label={t("change.title")}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("change.what")}</th>
              <th scope="col">{t("change.was")}</th>
              <th scope="col">{t("change.becomes")}</th>
              <th scope="col">{t("vote.when")}</th>
              <th scope="col">{t("vote.transaction")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={`${change.transactionHash}${change.what}`}>
                <td>{nameOf(change.what)}</td>
                <td>
                  <Value text={change.was} />
                </td>
                <td>
                  <Value text={change.becomes} />
                </td>
                <td>
                  <TimeText seconds={change.timestamp} />
                </td>
                <td>
                  <TransactionLink hash={change.transactionHash} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
