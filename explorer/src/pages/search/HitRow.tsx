/** One hit: what it is, and the way there. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getMerchantOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { SearchHit } from "../../../../gateway/client/generated/types.gen.ts";
import { pointUrl } from "../../urls.ts";
import { hitUrl } from "./hit-url.ts";

export function HitRow({ hit }: { readonly hit: SearchHit }) {
  const { t } = useTranslation("search");
  const merchant = useQuery({
    ...getMerchantOptions({ path: { id: Number(hit.id) } }),
    enabled: hit.kind === "merchant",
  });
  const token = merchant.data?.token ?? undefined;
  const url = token === undefined ? hitUrl(hit) : pointUrl(token);
  const text = wordsOf(hit);
  return (
    <li>
      <span className="tag">{t(`kind.${hit.kind}`)}</span>
      {url === undefined ? <span>{text}</span> : <Link to={url}>{text}</Link>}
    </li>
  );
}

/** The kind stands beside it in the reader's language: what the label says of it first is not said twice. */
function wordsOf({ kind, id, label }: SearchHit): string {
  if (kind === "block" || kind === "transaction") return id;
  return label.replace(/^(proposal|issue of|redemption of) /, "");
}
