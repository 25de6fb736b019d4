/** Who a member is. */
import { useTranslation } from "react-i18next";
import type { MemberDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { MemberStatus } from "./MemberStatus.tsx";

export function MemberFacts({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation("members");
  return (
    <Panel title={t("member.facts")}>
      <dl className="facts">
        <dt>{t("member.status")}</dt>
        <dd>
          <MemberStatus status={member.status} />
        </dd>
        <dt>{t("member.since")}</dt>
        <dd>
          <TimeText seconds={member.since} as="time" />
        </dd>
        <dt>{t("member.representative")}</dt>
        <dd>
          <AddressLink address={member.representative} /> <span className="soft">{t("member.representativeDoes")}</span>
        </dd>
        <dt>{t("member.node")}</dt>
        <dd>
          <AddressLink address={member.node} /> <span className="soft">{t("member.nodeDoes")}</span>
        </dd>
        <dt>{t("member.profile")}</dt>
        <dd>
          {/^(https:\/\/|\/)/.test(member.profileUri) ? (
            <a href={member.profileUri}>{member.profileUri}</a>
          ) : (
            member.profileUri
          )}
          <br />
          <span className="hex soft">{member.profileHash}</span>
        </dd>
      </dl>
    </Panel>
  );
}
