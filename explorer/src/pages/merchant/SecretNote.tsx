/** A secret, shown this once. */
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly title: string;
  readonly secret: string;
  readonly onClose: () => void;
}

export function SecretNote({ title, secret, onClose }: Props) {
  const { t } = useTranslation("merchantAccess");
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <Alert
      type="success"
      showIcon
      role="alert"
      title={title}
      description={
        <>
          <p>{t("secret.once")}</p>
          <code className="secret" data-secret>
            {secret}
          </code>
          <p className="row-tools spaced">
            <Button onClick={copy}>{t(isCopied ? "secret.copied" : "secret.copy")}</Button>
            <Button onClick={onClose}>{t("secret.kept")}</Button>
          </p>
        </>
      }
    />
  );
}
