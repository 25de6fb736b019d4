/** An address as its organisation's name where it is known, else shortened; the whole of it is in the title. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useKnown } from "../api/labels.ts";
import { shortHex } from "../format/address.ts";
import { accountUrl } from "../urls.ts";

interface Props {
  readonly address: string;
  /** Within a sentence: the name alone. */
  readonly isBrief?: boolean;
}

export function AddressLink({ address, isBrief = false }: Props) {
  const { t } = useTranslation();
  const known = useKnown(address);
  const short = shortHex(address);
  if (known === undefined)
    return (
      <Link className="hex" to={accountUrl(address)} title={address}>
        {short}
      </Link>
    );
  // Contracts are known by their names in the code; each has one in the reader's language.
  const name = known.kind === "contract" ? t(`contract.${known.name as "alliance"}`, known.name) : known.name;
  return (
    <Link className="labelled" to={accountUrl(address)} title={address}>
      {isBrief ? name : `${name} (${short})`}
    </Link>
  );
}
