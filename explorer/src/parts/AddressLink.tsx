/** An address as its organisation's name where it is known, else shortened; the whole of it is in the title. */
import { Link } from "react-router";
import { useLabel } from "../api/labels.ts";
import { shortHex } from "../format/address.ts";
import { accountUrl } from "../urls.ts";

interface Props {
  readonly address: string;
  /** Within a sentence: the name alone. */
  readonly isBrief?: boolean;
}

export function AddressLink({ address, isBrief = false }: Props) {
  const label = useLabel(address);
  const short = shortHex(address);
  return (
    <Link className={label === undefined ? "hex" : "labelled"} to={accountUrl(address)} title={address}>
      {label === undefined ? short : isBrief ? label : `${label} (${short})`}
    </Link>
  );
}
