/** Where a token's profile is, and whose it is. */
import type { ProfileSource } from "../../api/profile.ts";
import type { PointProps } from "./PointPage.tsx";

export const sourceOf = ({ issuer }: PointProps["point"]): ProfileSource => ({
  merchantId: issuer.id,
  uri: issuer.profileUri,
  indexedHash: issuer.profileHash,
});
