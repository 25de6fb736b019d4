/** Addresses that every wallet makes of an explorer's name (EIP-3091): /tx/…, /address/…, /block/…, /token/…. */
import { Navigate, useParams } from "react-router";
import { accountUrl, blockUrl, pointUrl, transactionUrl } from "../../urls.ts";

const PAGES = { tx: transactionUrl, address: accountUrl, block: blockUrl, token: pointUrl } as const;

export default function StandardAddress({ kind }: { kind: keyof typeof PAGES }) {
  const { id = "" } = useParams();
  return <Navigate to={PAGES[kind](id)} replace />;
}
