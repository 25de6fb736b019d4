/** Signs a reader in without the form, as fast as a cookie. */
import { expect } from "chai";
import type { Stage } from "./stage.ts";
import type { Visit } from "./visit.ts";

export async function signInAs({ context }: Visit, { url }: Stage, apiKey: string): Promise<void> {
  await enter(context.request, url, { apiKey });
}

/** By the last part of a link that an organisation made for one of its customers. */
export async function signInByLink({ context }: Visit, { url }: Stage, link: string): Promise<void> {
  await enter(context.request, url, { walletLink: new URL(link).hash.slice(1) });
}

async function enter(request: Visit["context"]["request"], url: string, data: object): Promise<void> {
  const answer = await request.post(`${url}/v1/session`, { data, headers: { "X-Ledger-Web": "1" } });
  expect(answer.status(), await answer.text()).to.equal(200);
}
