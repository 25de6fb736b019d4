/** What happened, in the words of the API, with its accounts as links that bear their organisation's name. */
import { useTranslation } from "react-i18next";
import { shortHex } from "../format/address.ts";
import { AddressLink } from "./AddressLink.tsx";

interface Props {
  readonly sentence: { readonly en: string; readonly zh: string };
  readonly parties: readonly { readonly address: string }[];
}

const SHORTENED = /(0x[0-9a-f]{4}…[0-9a-f]{4})/g;

export function SentenceText({ sentence, parties }: Props) {
  const { i18n } = useTranslation();
  const text = i18n.language === "en" ? sentence.en : sentence.zh;
  const addressOf = (short: string): string | undefined =>
    parties.find(({ address }) => shortHex(address) === short)?.address;
  return (
    <span className="sentence">
      {text.split(SHORTENED).map((piece, index) => {
        const address = index % 2 === 1 ? addressOf(piece) : undefined;
        // Pieces of one text never change places.
        return address === undefined ? piece : <AddressLink key={`${index}`} address={address} isBrief />;
      })}
    </span>
  );
}
