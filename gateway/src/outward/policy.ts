/** Where the gateway may go when a merchant tells it an address: names and numbers that are public, and nothing else. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { LedgerError } from "../kernel/errors.ts";

export interface Policy {
  /** `any` is for one machine that plays every part: a shop's receiver beside the gateway. */
  readonly addresses: "public" | "any";
  /** Without it only https. */
  readonly plainHttp: boolean;
  readonly ports: readonly number[] | "any";
}

/** Strangers on the internet: TLS on the two ports that serve it. */
export const PUBLIC_ONLY: Policy = { addresses: "public", plainHttp: false, ports: [443, 8443] };
/** LEDGER_OUTWARD_PRIVATE=true. */
export const ANYWHERE: Policy = { addresses: "any", plainHttp: true, ports: "any" };

const URL_LENGTH_MAX = 2_048;
/** All of today's global unicast; what lies outside (mapped, translated, site-local, compatible forms) leads inside. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Names that mean this machine or this network, whatever a resolver makes of them (RFC 6761, 6762, 8375). */
const LOCAL_NAME = /^(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/;

export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // ::ffff:10.0.0.1 is 10.0.0.1.
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(GLOBAL_V6);
}

export function refuse(url: string, problem: string, problemZh: string): LedgerError {
  return new LedgerError("outward_refused", { url: shown(url), problem, problemZh });
}

/** Host and port alone: a path or query may hold a receiver's own secret, and this is shown and logged. */
function shown(url: string): string {
  return URL.canParse(url) ? new URL(url).host.slice(0, 255) : "that text";
}

/**
 * The address as it will be called, or `outward_refused`. What a name resolves to is judged when it is called, each time:
 * it may resolve to something else by then.
 */
export function parseTarget(text: string, policy: Policy): URL {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text) || /[\s\\]/.test(text))
    throw refuse(
      text,
      `must be a URL of at most ${URL_LENGTH_MAX} characters`,
      `须为不超过 ${URL_LENGTH_MAX} 个字符的网址`,
    );
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && policy.plainHttp))
    throw refuse(text, "must begin with https://", "须以 https:// 开头");
  if (url.username !== "" || url.password !== "")
    throw refuse(text, "must hold no user name and password", "不得包含用户名和密码");
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (policy.ports !== "any" && !policy.ports.includes(port))
    throw refuse(text, `must use port ${policy.ports.join(" or ")}`, `端口须为 ${policy.ports.join(" 或 ")}`);
  if (policy.addresses === "public") assertPublicHost(text, url.hostname);
  return url;
}

function assertPublicHost(text: string, hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) {
    if (!isPublicAddress(bare)) throw refuse(text, "is no public address", "不是公网地址");
    return;
  }
  // `localhost.` is localhost.
  const name = bare.replace(/\.+$/, "").toLowerCase();
  if (!name.includes(".") || LOCAL_NAME.test(name))
    throw refuse(text, "is a name of a private network", "是内部网络的名称");
}
