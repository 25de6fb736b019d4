/** What a proposal does, action by action: the sentence, its values, and the calls it is made of. */
import { useTranslation } from "react-i18next";
import type { DecodedAction, ProposalCall } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { ActionSentence } from "./ActionSentence.tsx";
import { WhoNote } from "./WhoNote.tsx";

interface Props {
  readonly actions: readonly DecodedAction[];
  readonly calls: readonly ProposalCall[];
}

const ADDRESS = /^0x[0-9a-f]{40}$/;

export function ActionList({ actions, calls }: Props) {
  const ends = actions.map((_, at) => actions.slice(0, at + 1).reduce((sum, one) => sum + one.calls, 0));
  return (
    <div>
      {actions.map((action, at) => (
        <ActionView key={at} action={action} calls={calls.slice((ends[at] ?? 0) - action.calls, ends[at])} />
      ))}
    </div>
  );
}

function ActionView({ action, calls }: { action: DecodedAction; calls: readonly ProposalCall[] }) {
  const { t } = useTranslation("council");
  return (
    <div className="council-action" data-action={action.action}>
      <p>
        <strong>
          <ActionSentence action={action} />
        </strong>{" "}
        <WhoNote values={action.values} />
      </p>
      <details>
        <summary>
          {t("calls.show", { n: calls.length })} <code>{action.action}</code>
        </summary>
        <dl className="facts">
          {Object.entries(action.values).map(([name, value]) => (
            <div key={name} className="facts-pair">
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{ADDRESS.test(String(value)) ? <AddressLink address={String(value)} /> : String(value)}</dd>
            </div>
          ))}
        </dl>
        {calls.map((call, at) => (
          <CallView key={at} call={call} />
        ))}
      </details>
    </div>
  );
}

function CallView({ call: { target, value, data } }: { call: ProposalCall }) {
  const { t } = useTranslation("council");
  return (
    <dl className="facts raw-call">
      <dt>{t("calls.target")}</dt>
      <dd>
        <AddressLink address={target} />
      </dd>
      {value === "0" ? null : (
        <>
          <dt>{t("calls.value")}</dt>
          <dd>{value}</dd>
        </>
      )}
      <dt>{t("calls.data")}</dt>
      <dd>
        <code className="wrap">{data}</code>
      </dd>
    </dl>
  );
}
