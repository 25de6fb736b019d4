/** An empty state: what is not there, and what to do about it. */
import type { ReactNode } from "react";

interface Props {
  readonly text: string;
  /** A way on: a link or a button. */
  readonly children?: ReactNode;
}

export function NothingThere({ text, children }: Props) {
  return (
    <div className="nothing-there">
      <p>{text}</p>
      {children}
    </div>
  );
}
