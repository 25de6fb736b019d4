/** What was found, by kind; a hash or an address with one meaning leads straight to its page. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { searchOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { accountUrl, transactionUrl } from "../../urls.ts";
import { HitRow } from "./HitRow.tsx";
import { hitUrl } from "./hit-url.ts";

/** As long as the API takes it. */
const LENGTH_MAX = 128;
const ADDRESS = /^0x[0-9a-f]{40}$/i;
const HASH = /^0x[0-9a-f]{64}$/i;

export default function SearchPage() {
  const { t } = useTranslation("search");
  const [search] = useSearchParams();
  const asked = (search.get("q") ?? "").trim().slice(0, LENGTH_MAX);
  const found = useQuery({ ...searchOptions({ query: { q: asked } }), enabled: asked !== "" });
  if (asked === "")
    return (
      <Page title={t("title")}>
        <NothingThere text={t("hint")} />
      </Page>
    );
  return (
    <Page title={t("title")} lead={t("asked", { text: asked })}>
      <section className="panel">
        <QueryView query={found}>
          {({ items }) => {
            const [only] = items;
            const way =
              only === undefined ? wayOf(asked) : items.length === 1 && isExact(asked) ? hitUrl(only) : undefined;
            if (way !== undefined) return <Navigate to={way} replace />;
            if (items.length === 0) return <NothingThere text={t("none", { text: asked })} />;
            return (
              <ul className="hits">
                {items.map((hit) => (
                  <HitRow key={`${hit.kind}${hit.id}${hit.label}`} hit={hit} />
                ))}
              </ul>
            );
          }}
        </QueryView>
      </section>
    </Page>
  );
}

const isExact = (text: string): boolean => ADDRESS.test(text) || HASH.test(text);

/** Nothing was found: the page of an address or a hash says best what it means that the chain does not know it. */
function wayOf(text: string): string | undefined {
  if (ADDRESS.test(text)) return accountUrl(text.toLowerCase());
  return HASH.test(text) ? transactionUrl(text.toLowerCase()) : undefined;
}
