/** What an action does, in the API's words; its addresses are links that bear their organisation's name. */
import { useSay } from "../../i18n/say.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";

const ADDRESS = /(0x[0-9a-f]{40})(?![0-9a-f])/;

export function ActionSentence({ action }: { action: { readonly en: string; readonly zh: string } }) {
  const say = useSay();
  return (
    <span className="council-sentence">
      {say(action)
        .split(ADDRESS)
        .map((piece, at) =>
          // Pieces of one text never change places; every second one is an address.
          at % 2 === 1 ? <AddressLink key={at} address={piece} /> : piece,
        )}
    </span>
  );
}
