/** A page: its one heading, what it is about in a sentence, its tools, its panels. Also the title of the browser's tab. */
import { useEffect } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, tools, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("shell.product")}`;
  }, [title, t]);
  return (
    <article className="page">
      <header className="page-header">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="page-lead">{lead}</p>}
        </div>
        {tools === undefined ? null : <div className="page-tools">{tools}</div>}
      </header>
      {children}
    </article>
  );
}
