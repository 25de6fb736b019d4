/** A shop's mark: the first letter of its points on a colour of its own. */
const COLOURS = ["#0f5bc4", "#a3300c", "#5b3a9e", "#18743a", "#8a5200", "#0b6b74", "#9c1f63", "#4a5560"] as const;

interface Props {
  readonly merchantId: number;
  readonly name: string;
}

export function ShopBadge({ merchantId, name }: Props) {
  const colour = COLOURS[(merchantId - 1) % COLOURS.length] ?? COLOURS[0];
  return (
    <span className="wallet-badge" style={{ "--badge": colour }} aria-hidden="true">
      {String.fromCodePoint(name.codePointAt(0) ?? 63)}
    </span>
  );
}
