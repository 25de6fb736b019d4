/** A state in a word, with a colour that says how good that is. (The library's own tags are below 4.5 : 1.) */
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "busy" | "idle";

export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="state-tag" data-tone={tone}>
      {children}
    </span>
  );
}
