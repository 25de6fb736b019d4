/** A word of state in a colour that can be read on both grounds. (The library's Tag is below 4.5 : 1.) */
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "info" | "plain";

export function ToneTag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="tone-tag" data-tone={tone}>
      {children}
    </span>
  );
}
