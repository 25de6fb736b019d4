/** Something on this page failed in a way nobody foresaw, or its file could not be fetched. */
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
}

export function PageBroken({ error, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={t("state.broken.title")}
      description={
        <>
          <p>{t("state.broken.what")}</p>
          <pre className="wrap">{error.message}</pre>
        </>
      }
      action={<Button onClick={onRetry}>{t("state.retry")}</Button>}
    />
  );
}
