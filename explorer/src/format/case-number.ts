/** A case number as it stands on the chain: its ASCII, padded with zeros to 32 bytes. */

/** What is no such text (another authority's hash, say) stays as it is. */
export function caseNumberOf(bytes: string): string {
  const hex = bytes.slice(2).replace(/(00)+$/, "");
  const text = (hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");
  return /^[A-Za-z0-9.-]{1,31}$/.test(text) ? text : bytes;
}
