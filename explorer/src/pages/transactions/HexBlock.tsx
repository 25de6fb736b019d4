/** A long text of the machine's, whole, with a way to take it along. */
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export function HexBlock({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useTranslation("chain");
  const [isCopied, setCopied] = useState(false);
  return (
    <figure className="hex-block">
      <figcaption>
        <h3>{title}</h3>
        <Button size="small" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {isCopied ? t("transaction.copied") : t("transaction.copy")}
        </Button>
      </figcaption>
      <pre className="wrap" tabIndex={0}>
        {text}
      </pre>
    </figure>
  );
}
