/** The ways in: an API key, a wallet of one's own, or a link that was given to a customer. */
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role, Session } from "../api/session.ts";
import { signIn } from "../api/session.ts";
import { ProblemNote } from "./ProblemNote.tsx";

interface Props {
  /** Whom the page is for; left out: anybody. */
  readonly roles?: readonly Role[];
  readonly onSignedIn?: (session: Session) => void;
}

export function SignInForm({ roles, onSignedIn }: Props) {
  const { t } = useTranslation("session");
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const enter = async ({ apiKey }: { apiKey: string }): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const session = await signIn({ apiKey: apiKey.trim() });
      if (session !== null) onSignedIn?.(session);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const isForCustomers = roles === undefined || roles.includes("consumer");
  return (
    <div className="sign-in">
      <Form layout="vertical" requiredMark={false} onFinish={enter}>
        <Form.Item
          name="apiKey"
          label={t("key.label")}
          extra={t("key.help")}
          rules={[{ required: true, whitespace: true, message: t("key.missing") }]}
        >
          <Input.Password autoComplete="current-password" spellCheck={false} placeholder="pk_…" maxLength={100} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("key.enter")}
        </Button>
      </Form>
      {problem === undefined ? null : <ProblemNote error={problem} />}
      {isForCustomers ? <p className="sign-in-hint">{t("link.hint")}</p> : null}
    </div>
  );
}
