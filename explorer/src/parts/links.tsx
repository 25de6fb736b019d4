/** Things that have a page, as links to it. */
import { Link } from "react-router";
import { shortHex } from "../format/address.ts";
import { blockUrl, transactionUrl } from "../urls.ts";

export function BlockLink({ number }: { number: number }) {
  return <Link to={blockUrl(number)}>{number}</Link>;
}

export function TransactionLink({ hash }: { hash: string }) {
  return (
    <Link className="hex" to={transactionUrl(hash)} title={hash}>
      {shortHex(hash)}
    </Link>
  );
}
