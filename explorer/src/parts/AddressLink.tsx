/** An address as its organisation's name where it is known, else shortened; the whole of it is in the title. */
import { Link } from "react-router";
import { useLabel } from "../api/labels.ts";
import { shortHex } from "../format/address.ts";
import { accountUrl } from "../urls.ts";

export function AddressLink({ address }: { address: string }) {
  const label = useLabel(address);
  return (
    <Link className={label === undefined ? "hex" : "labelled"} to={accountUrl(address)} title={address}>
      {label === undefined ? shortHex(address) : `${label} (${shortHex(address)})`}
    </Link>
  );
}
