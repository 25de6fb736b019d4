/** Who keeps the alliance: members with their nodes, and what keeping the chain earned them, epoch by epoch. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  getMemberRewardsOptions,
  listMembersInfiniteOptions,
  listRewardEpochsInfiniteOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { paths } from "../../urls.ts";
import { EpochTable } from "./EpochTable.tsx";
import { MemberTable } from "./MemberTable.tsx";

const MEMBERS = 100;
const EPOCHS = 24;

export default function MembersPage() {
  const { t } = useTranslation("members");
  const members = useInfiniteQuery({ ...listMembersInfiniteOptions({ query: { limit: MEMBERS } }), ...asPages });
  const epochs = useInfiniteQuery({ ...listRewardEpochsInfiniteOptions({ query: { limit: EPOCHS } }), ...asPages });
  const shown = allRows(members.data);
  const known = allRows(epochs.data);
  const now = epochs.data?.pages[0]?.block.timestamp;
  const first = shown[0]?.id;
  // How long a window is and how many make an epoch earned: the same for every member, and it does not change.
  const rules = useQuery({
    ...getMemberRewardsOptions({ path: { id: first ?? 1 } }),
    enabled: first !== undefined,
    meta: { live: false },
  });
  const schedule = rules.data?.schedule;
  return (
    <Page title={t("title")} lead={t("lead")} tools={<Link to={paths.council}>{t("council")}</Link>}>
      <Panel title={t("nodes.title")} tools={<CsvLink path="/v1/members.csv" />}>
        <ListView list={members}>
          <MemberTable members={shown} epochs={known} now={now} windowsRequired={schedule?.windowsRequired} />
        </ListView>
      </Panel>
      <Panel title={t("rewards.title")} tools={<CsvLink path="/v1/rewards/epochs.csv" />}>
        {schedule === undefined ? null : (
          <p className="page-lead">
            {t("rewards.rule", {
              epoch: Math.round(schedule.epochSeconds / 60),
              window: schedule.windowSeconds,
              required: schedule.windowsRequired,
            })}
          </p>
        )}
        <ListView list={epochs}>
          <EpochTable epochs={known} members={shown} />
        </ListView>
      </Panel>
    </Page>
  );
}
