/** Who keeps the chain: each member's node, when it last attested, and how far it is with this epoch's reward. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  listMembersOptions,
  listRewardEpochsOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { NodeState } from "../../parts/NodeState.tsx";
import { lastAttestedAt } from "../../format/attesting.ts";
import { memberUrl, paths } from "../../urls.ts";

const SHOWN = 12;

export function Nodes() {
  const { t } = useTranslation("overview");
  const members = useQuery(listMembersOptions({ query: { limit: SHOWN } }));
  // The present one and the one before: a node that attested a minute ago may have done so in the epoch before.
  const epochs = useQuery(listRewardEpochsOptions({ query: { limit: 2 } }));
  return (
    <Panel title={t("nodes.title")} tools={<Link to={paths.members}>{t("nodes.all")}</Link>}>
      <QueryView query={members}>
        {({ items }) => (
          <ul className="feed">
            {items.map(({ id, name, status }) => (
              <li key={id} className="feed-node">
                <Link to={memberUrl(id)}>{name}</Link>
                <QueryView query={epochs} rows={1}>
                  {(data) => (
                    <NodeState
                      isActive={status === "active"}
                      attestedAt={lastAttestedAt(data.items, id)}
                      epoch={data.items[0]}
                      now={data.block.timestamp}
                    />
                  )}
                </QueryView>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}
