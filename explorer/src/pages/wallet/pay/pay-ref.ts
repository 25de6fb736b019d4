/** The code that a shop enters: eight letters and digits that nobody takes for others (Crockford's base 32), 40 bits. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;

export function newPayRef(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(LENGTH));
  const code = [...drawn].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return `PAY-${code.slice(0, 4)}-${code.slice(4)}`;
}
