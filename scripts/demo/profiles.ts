/** Profiles of the demo's members and merchants: JSON documents that the gateway serves and the chain knows by hash. */
import { keccak256 } from "ethers";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const PROFILES_DIR = join(import.meta.dirname, "profiles");

/** Where a profile is found and the hash of its bytes, as they are served. */
export function profileOf(slug: string): { uri: string; hash: string } {
  return { uri: `/profiles/${slug}.json`, hash: keccak256(readFileSync(join(PROFILES_DIR, `${slug}.json`))) };
}
