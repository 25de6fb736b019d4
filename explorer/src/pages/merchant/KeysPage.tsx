/** Keys with which the merchant's own programs use the API: made here, shown once, revoked at once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listKeysOptions, listKeysQueryKey } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { revokeKey } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { ApiKey } from "../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { StateTag } from "../../parts/StateTag.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { useNow } from "../../parts/now.ts";
import { NewKeyForm } from "./NewKeyForm.tsx";
import { SecretNote } from "./SecretNote.tsx";

export default function KeysPage() {
  const { t } = useTranslation("merchantAccess");
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const keys = useQuery(listKeysOptions());
  const readAgain = () => queries.invalidateQueries({ queryKey: listKeysQueryKey() });
  const revoking = useMutation({
    mutationFn: (keyId: string) =>
      revokeKey({ path: { keyId }, headers: { "Idempotency-Key": crypto.randomUUID() }, throwOnError: true }),
    onSuccess: readAgain,
  });
  return (
    <Page title={t("keys.title")} lead={t("keys.lead")}>
      {secret === undefined ? null : (
        <SecretNote title={t("keys.made")} secret={secret} onClose={() => setSecret(undefined)} />
      )}
      <Panel title={t("keys.new")}>
        <NewKeyForm
          onMade={(made) => {
            setSecret(made);
            void readAgain();
          }}
        />
      </Panel>
      <Panel title={t("keys.list")}>
        {revoking.isError ? <ProblemNote error={revoking.error} /> : null}
        <QueryView query={keys}>
          {({ items }) => (
            <KeyTable
              keys={items}
              revoking={revoking.isPending ? revoking.variables : undefined}
              onRevoke={revoking.mutate}
            />
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}

interface TableProps {
  readonly keys: readonly ApiKey[];
  readonly revoking: string | undefined;
  readonly onRevoke: (keyId: string) => void;
}

function KeyTable({ keys, revoking, onRevoke }: TableProps) {
  const { t } = useTranslation("merchantAccess");
  const now = useNow();
  if (keys.length === 0) return <NothingThere text={t("keys.none")} />;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("keys.list")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("keys.label")}</th>
            <th scope="col">{t("keys.id")}</th>
            <th scope="col">{t("keys.role")}</th>
            <th scope="col">{t("keys.createdAt")}</th>
            <th scope="col">{t("keys.state")}</th>
            <th scope="col">{t("keys.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.label}</th>
              <td className="hex">pk_{key.id}_…</td>
              <td>{isRoleWord(key.role) ? t(`role.${key.role}`) : key.role}</td>
              <td>
                <TimeText seconds={key.createdAt} as="time" />
              </td>
              <td>
                <KeyState apiKey={key} now={now} />
              </td>
              <td>
                {key.revokedAt !== null ? null : (
                  <Popconfirm title={t("keys.revokeAsk")} onConfirm={() => onRevoke(key.id)}>
                    <Button size="small" danger loading={revoking === key.id}>
                      {t("keys.revoke")}
                    </Button>
                  </Popconfirm>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyState({ apiKey: { revokedAt, expiresAt }, now }: { apiKey: ApiKey; now: number }) {
  const { t } = useTranslation("merchantAccess");
  if (revokedAt !== null) return <StateTag tone="bad">{t("keys.revoked")}</StateTag>;
  if (expiresAt <= now) return <StateTag tone="idle">{t("keys.expired")}</StateTag>;
  return (
    <>
      <StateTag tone="good">{t("keys.live")}</StateTag> {t("keys.until")} <TimeText seconds={expiresAt} as="time" />
    </>
  );
}

const ROLES = ["merchant", "till", "consumer"] as const;
const isRoleWord = (role: string): role is (typeof ROLES)[number] => (ROLES as readonly string[]).includes(role);
