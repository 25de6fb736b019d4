/** A customer as the shop knows her: tier, points on their way, tasks, every earning; joining and giving by hand. */
import { Form, Input } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { getLoyaltyMemberOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { Button } from "antd";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { Page } from "../../../../parts/Page.tsx";
import { Panel } from "../../../../parts/Panel.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { ADDRESS, CUSTOMER_ID, addressOf } from "../../customers.ts";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { EarningsTable } from "./EarningsTable.tsx";
import { GrantForm } from "./GrantForm.tsx";
import { JoinButton } from "./JoinButton.tsx";
import { MemberFacts } from "./MemberFacts.tsx";

export default function MembersPage() {
  const { t } = useTranslation("loyalty");
  const { isOwner } = useOwnMerchant();
  const [query, setQuery] = useSearchParams();
  const account = query.get("account");
  const isAccount = account !== null && ADDRESS.test(account);
  return (
    <Page title={t("members.title")} lead={t("members.lead")}>
      <Panel title={t("members.find")}>
        <Finder onAccount={(found) => setQuery({ account: found })} />
      </Panel>
      {isAccount ? (
        <>
          <Member account={account} />
          <Panel title={t("members.earnings")}>
            <EarningsTable account={account} />
          </Panel>
          {isOwner ? (
            <Panel title={t("members.grant")}>
              <GrantForm key={account} account={account} />
            </Panel>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}

function Finder({ onAccount }: { onAccount: (account: string) => void }) {
  const { t } = useTranslation("loyalty");
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const find = async ({ who }: { who: string }): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      onAccount(await addressOf(who));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const check = (_: unknown, text: string | undefined): Promise<void> => {
    const given = (text ?? "").trim();
    return ADDRESS.test(given) || CUSTOMER_ID.test(given)
      ? Promise.resolve()
      : Promise.reject(new Error(t("members.whoWrong")));
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      className="console-form"
      onFinish={(fields: { who: string }) => void find(fields)}
    >
      <Form.Item name="who" label={t("members.who")} rules={[{ validator: check }]} validateTrigger="onSubmit">
        <Input autoComplete="off" spellCheck={false} placeholder="0x42cb…" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t("members.look")}
      </Button>
      {error === undefined ? null : <ProblemNote error={error} />}
    </Form>
  );
}

function Member({ account }: { account: string }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const query = useQuery(getLoyaltyMemberOptions({ path: { id, account } }));
  return (
    <Panel title={t("members.member")}>
      <QueryView
        query={query}
        missing={
          <NothingThere text={t("members.none")}>
            <JoinButton account={account} />
          </NothingThere>
        }
      >
        {(member) => <MemberFacts member={member} />}
      </QueryView>
    </Panel>
  );
}
