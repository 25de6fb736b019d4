/** What a newcomer sees when everything runs: addresses to open and keys to try. */
import type { DemoKeys } from "../demo/hand-over.ts";

export function announce({ url, keys }: { url: string; keys: DemoKeys }): void {
  const [merchant] = keys.merchants;
  const token = merchant?.token ?? "";
  const [customer] = keys.customers;
  console.log(`
  积分通 · alliance points ledger

  Open     ${url}/docs                       the API, with every operation to try
           ${url}/v1/overview                the alliance at a glance
           ${url}/v1/points/${token}   ${merchant?.name ?? ""}
           ${url}/v1/accounts/${customer?.address ?? ""}   ${customer?.name ?? ""}

  Keys     for this demo only, all of them in demo-keys.json of the data directory
           operator   ${keys.keys.operator}
           auditor    ${keys.keys.auditor}
           regulator  ${keys.keys.regulator}
${keys.members.map(({ memberId, memberKey }) => `           member ${memberId}   ${memberKey}`).join("\n")}
${keys.merchants.map(({ slug, merchantKey }) => `           ${slug.padEnd(10)} ${merchantKey}`).join("\n")}

  Try      npm run demo      plays the main job through the API and checks every number against the chain
  Stop     Ctrl-C            the next npm start goes on from here; npm start -- --fresh begins anew
`);
}
