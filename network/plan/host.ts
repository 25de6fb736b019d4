/** IP addresses of nodes: enodes carry no names. */
import { isIP } from "node:net";

/**
 * The one spelling that Besu itself writes (RFC 5952: lower case, longest run of zeros left out): before it changes an
 * allow-list it compares the file's text with its own, and refuses when an address is spelt otherwise.
 */
export function canonicalHost(host: string): string {
  return isIP(host) === 6 && !host.includes("%") ? new URL(`http://[${host}]/`).hostname.slice(1, -1) : host;
}

/** Not 0.0.0.0, multicast, an interface's own scope (%), nor IPv4 in IPv6's clothes, which Java turns into IPv4. */
export function canBeDialled(host: string): boolean {
  if (isIP(host) === 0 || host.includes("%")) return false;
  return !/^(0\.0\.0\.0$|22[4-9]\.|23[0-9]\.|255\.|::$|ff|::ffff:)/.test(canonicalHost(host));
}

export function isLoopback(host: string): boolean {
  return isIP(host) === 4 ? host.startsWith("127.") : host === "::1";
}
