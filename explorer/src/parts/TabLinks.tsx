/**
 * Views of one thing, each with an address of its own: plain links, so that one can be opened beside the other, and every
 * keyboard and screen reader knows them. (The library's tabs hide what does not fit in a menu that readers do not find.)
 */
import { useEffect, useRef } from "react";
import { Link, useSearchParams } from "react-router";

interface Props<T extends string> {
  /** What they are views of. */
  readonly label: string;
  readonly names: readonly T[];
  readonly shown: T;
  readonly text: (name: T) => string;
}

export function TabLinks<T extends string>({ label, names, shown, text }: Props<T>) {
  const bar = useRef<HTMLElement>(null);
  const [fields] = useSearchParams();
  useEffect(() => {
    // On a phone the bar is wider than the screen.
    bar.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [shown]);
  const addressOf = (name: T): string => {
    const next = new URLSearchParams(fields);
    if (name === names[0]) next.delete("tab");
    else next.set("tab", name);
    return `?${next.toString()}`;
  };
  return (
    <nav ref={bar} className="tab-links" aria-label={label}>
      {names.map((name) => (
        <Link key={name} to={addressOf(name)} preventScrollReset aria-current={name === shown ? "page" : undefined}>
          {text(name)}
        </Link>
      ))}
    </nav>
  );
}
