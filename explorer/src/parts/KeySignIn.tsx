/** Signing in with an API key. */
import { Button, Flex, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/session.ts";
import { signIn } from "../api/session.ts";
import { ProblemNote } from "./ProblemNote.tsx";

export function KeySignIn({ onSignedIn }: { onSignedIn?: ((session: Session) => void) | undefined }) {
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
  return (
    <Flex vertical gap="middle">
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
    </Flex>
  );
}
