/** The merchant or member that an action names by its number, by its name. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import {
  getMemberOptions,
  getMerchantOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { DecodedAction } from "../../../../gateway/client/generated/types.gen.ts";
import { accountUrl, memberUrl, pointUrl } from "../../urls.ts";

export function WhoNote({ values }: Pick<DecodedAction, "values">) {
  const { merchantId, memberId } = values;
  if (typeof merchantId === "number") return <Merchant id={merchantId} />;
  if (typeof memberId === "number") return <Member id={memberId} />;
  return null;
}

function Merchant({ id }: { id: number }) {
  const { data } = useQuery({ ...getMerchantOptions({ path: { id } }), meta: { live: false } });
  if (data === undefined) return null;
  // Before its admission a merchant has no token yet.
  return <Link to={data.token === null ? accountUrl(data.controller) : pointUrl(data.token)}>{data.legalName}</Link>;
}

function Member({ id }: { id: number }) {
  const { data } = useQuery({ ...getMemberOptions({ path: { id } }), meta: { live: false } });
  return data === undefined ? null : <Link to={memberUrl(id)}>{data.name}</Link>;
}
