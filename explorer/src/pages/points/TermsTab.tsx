/** What the merchant promises, in its own document, and whether that is the document whose hash is on the chain. */
import type { PointProps } from "./PointPage.tsx";
import { OwnCopy } from "./OwnCopy.tsx";
import { ProfilePanel } from "./ProfilePanel.tsx";

export function TermsTab({ point }: PointProps) {
  return (
    <div className="grid">
      <ProfilePanel point={point} parts={["introduction", "terms", "note"]} isWhole />
      <OwnCopy point={point} />
    </div>
  );
}
