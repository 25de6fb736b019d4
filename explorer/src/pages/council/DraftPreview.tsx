/** A draft as it will be: its actions read back from the calls, the power and delay of each, its effect; and how to propose it. */
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { draftProposal } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Council, CouncilAction, Draft } from "../../../../gateway/client/generated/types.gen.ts";
import { formatDuration } from "../../format/duration.ts";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { ActionList } from "./ActionList.tsx";
import { Propose } from "./Propose.tsx";
import { SimulationView } from "./SimulationView.tsx";

interface Props {
  readonly actions: CouncilAction[];
  readonly description: string;
  readonly council: Council;
}

export function DraftPreview({ actions, description, council }: Props) {
  const { t } = useTranslation("council");
  const draft = useQuery({
    queryKey: ["council-draft", actions],
    queryFn: async () => (await draftProposal({ body: { actions }, throwOnError: true })).data,
  });
  return (
    <>
      <Panel title={t("draft.preview")}>
        <QueryView query={draft} rows={6}>
          {(data) => (
            <>
              <ActionList actions={data.actions} calls={data.calls} />
              <Powers draft={data} />
              <h3>{t("simulation.title")}</h3>
              <SimulationView simulation={data.simulation} />
            </>
          )}
        </QueryView>
      </Panel>
      {draft.data?.simulation.isOk === true ? (
        <Panel title={t("draft.propose")}>
          <Propose actions={actions} description={description} council={council} draft={draft.data} />
        </Panel>
      ) : null}
    </>
  );
}

/** Which power each call uses, and how long the whole will wait. */
function Powers({ draft: { calls, delaySeconds } }: { draft: Draft }) {
  const { t, i18n } = useTranslation("council");
  const roles = [...new Set(calls.flatMap(({ role }) => (role === null ? [] : [role])))];
  const missing = calls.filter(({ isHeld }) => !isHeld).map(({ role }) => role ?? "");
  return (
    <>
      <p>
        {t("draft.delay", { time: formatDuration(delaySeconds, i18n.language) })}
        {roles.length === 0 ? null : ` · ${t("draft.roles")} ${roles.join(", ")}`}
      </p>
      {missing.length === 0 ? null : (
        <Alert type="warning" showIcon title={t("draft.notHeld", { roles: missing.join(", ") })} />
      )}
    </>
  );
}
