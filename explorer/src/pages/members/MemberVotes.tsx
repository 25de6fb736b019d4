/** How a member voted. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MemberDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { TransactionLink } from "../../parts/links.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths, proposalUrl } from "../../urls.ts";

const KNOWN = ["for", "against", "abstain"] as const;

export function MemberVotes({ votes }: Pick<MemberDetail, "votes">) {
  const { t } = useTranslation("members");
  const wordOf = (support: string): string => {
    const known = KNOWN.find((one) => one === support);
    return known === undefined ? support : t(`vote.${known}`);
  };
  return (
    <Panel title={t("vote.title")} tools={<Link to={paths.council}>{t("council")}</Link>}>
      {votes.length === 0 ? (
        <NothingThere text={t("vote.none")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("vote.title")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("vote.proposal")}</th>
                <th scope="col">{t("vote.support")}</th>
                <th scope="col">{t("vote.reason")}</th>
                <th scope="col">{t("vote.when")}</th>
                <th scope="col">{t("vote.transaction")}</th>
              </tr>
            </thead>
            <tbody>
              {votes.map((vote) => (
                <tr key={vote.proposalId}>
                  <td>
                    <Link to={proposalUrl(String(vote.proposalId))}>{vote.proposalId}</Link>
                  </td>
                  <td>{wordOf(vote.support)}</td>
                  <td>{vote.reason === "" ? <span className="soft">–</span> : vote.reason}</td>
                  <td>
                    <TimeText seconds={vote.timestamp} />
                  </td>
                  <td>
                    <TransactionLink hash={vote.transactionHash} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
