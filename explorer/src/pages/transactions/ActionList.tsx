/** Everything a transaction did, each thing with its parties, exact amounts and fields. */
import { useTranslation } from "react-i18next";
import type { Action, Transaction } from "../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../format/amount.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { SentenceText } from "../../parts/SentenceText.tsx";

export function ActionList({ transaction }: { readonly transaction: Transaction }) {
  const { t } = useTranslation("chain");
  const { actions, actionCount } = transaction;
  if (actions.length === 0) return <NothingThere text={t("transaction.nothing")} />;
  return (
    <>
      <ol className="actions">
        {actions.map((action, index) => (
          // What a transaction did never changes its order.
          <li key={index}>
            <ActionView action={action} />
          </li>
        ))}
      </ol>
      {actionCount > actions.length ? (
        <p className="soft">{t("transaction.moreActions", { count: actionCount - actions.length })}</p>
      ) : null}
    </>
  );
}

function ActionView({ action: { action, sentence, parties, amounts, details } }: { readonly action: Action }) {
  const { t } = useTranslation("chain");
  return (
    <>
      <h3>
        {t(`action.${action}`)} <code className="soft">{action}</code>
      </h3>
      <p>
        <SentenceText sentence={sentence} parties={parties} />
      </p>
      <dl className="facts">
        {parties.map(({ role, address }) => (
          <FactLine key={role} name={t(`role.${role as "account"}`, role)}>
            <AddressLink address={address} />
          </FactLine>
        ))}
        {amounts.map(({ name, amount }) => (
          <FactLine key={name} name={name}>
            <span className="amount-exact">{formatAmount(amount)}</span>
          </FactLine>
        ))}
      </dl>
      <details>
        <summary>{t("transaction.details")}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={t("transaction.details")}>
          <table className="plain">
            <tbody>
              {Object.entries(details).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="hex">{String(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function FactLine({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
