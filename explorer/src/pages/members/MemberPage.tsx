/** One member: who it is, its node, what it earned, how it voted, what changed about it. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getMemberOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { paths } from "../../urls.ts";
import { MemberChanges } from "./MemberChanges.tsx";
import { MemberFacts } from "./MemberFacts.tsx";
import { MemberRewards } from "./MemberRewards.tsx";
import { MemberVotes } from "./MemberVotes.tsx";

/** As the API takes them. */
const ID = /^[1-9][0-9]{0,8}$/;

export default function MemberPage() {
  const { t } = useTranslation("members");
  const { id = "" } = useParams();
  const isId = ID.test(id);
  const member = useQuery({ ...getMemberOptions({ path: { id: Number(id) } }), enabled: isId });
  const nobody = (
    <NothingThere text={t("member.unknown", { id })}>
      <Link to={paths.members}>{t("title")}</Link>
    </NothingThere>
  );
  if (!isId) return <Page title={t("member.title", { id: id.slice(0, 20) })}>{nobody}</Page>;
  return (
    <Page title={member.data?.name ?? t("member.title", { id })} lead={t("member.title", { id })}>
      <QueryView query={member} missing={nobody}>
        {(data) => (
          <>
            <MemberFacts member={data} />
            <MemberRewards rewards={data.rewards} name={data.name} />
            <MemberVotes votes={data.votes} />
            <MemberChanges changes={data.changes} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
