/** What a newcomer sees when everything runs: addresses to open and keys to try. */
import type { DemoKeys } from "../demo/hand-over.ts";
import type { AgentEntry } from "./agents.ts";

interface Up {
  readonly url: string;
  readonly keys: DemoKeys;
  readonly agents: readonly AgentEntry[];
}

export function announce({ url, keys, agents }: Up): void {
  const [merchant] = keys.merchants;
  const token = merchant?.token ?? "";
  const [customer] = keys.customers;
  console.log(`
  积分通 · alliance points ledger

  Open     ${url}/                           the alliance at a glance, and everything from there
           ${url}/points/${token}   ${merchant?.name ?? ""}
           ${url}/accounts/${customer?.address ?? ""}   ${customer?.name ?? ""}
           ${url}/merchant, /wallet, /desk   the consoles: sign in with a key of below
           ${url}/docs                       the API, with every operation

  Keys     for this demo only, all of them in demo-keys.json of the data directory
           operator   ${keys.keys.operator}
           auditor    ${keys.keys.auditor}
           regulator  ${keys.keys.regulator}
${keys.members.map(({ memberId, memberKey }) => `           member ${memberId}   ${memberKey}`).join("\n")}
${keys.merchants.map(({ slug, merchantKey }) => `           ${slug.padEnd(10)} ${merchantKey}`).join("\n")}

  Nodes    each member's agent attests every 30 s and claims what its member earned; how it is doing:
${agents.map(({ health, name, isLazy }) => `           ${health}   ${name}${isLazy ? " (lazy: earns nothing)" : ""}`).join("\n")}

  Try      npm run demo      plays the main job through the API and checks every number against the chain
  Stop     Ctrl-C            the next npm start goes on from here; npm start -- --fresh begins anew
`);
}
