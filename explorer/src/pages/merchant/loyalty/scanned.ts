/** What a till reads off a customer's screen: the whole address in the QR code, or the code that stands under it. */

export interface Scanned {
  readonly ref: string;
  /** Only in the QR code. */
  readonly holder?: string;
  readonly token?: string;
}

const REF = /^[\x21-\x7e]{1,100}$/;

/** Typed in any case, with or without the dashes between the groups. */
function tidied(code: string): string {
  const bare = code.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const match = /^PAY([0-9A-Z]{4})([0-9A-Z]{4})$/.exec(bare) ?? /^([0-9A-Z]{4})([0-9A-Z]{4})$/.exec(bare);
  const [, first = "", second = ""] = match ?? [];
  return match === null ? code : `PAY-${first}-${second}`;
}

export function readScan(text: string): Scanned | undefined {
  const given = text.trim();
  if (given === "") return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const ref = url?.searchParams.get("ref");
  if (url !== undefined && ref !== null && ref !== undefined) {
    const [holder, token] = [url.searchParams.get("holder"), url.searchParams.get("token")];
    return { ref, ...(holder === null ? {} : { holder }), ...(token === null ? {} : { token }) };
  }
  const code = tidied(given);
  return REF.test(code) ? { ref: code } : undefined;
}
