/** Signs a customer in the way a shop does it: its till makes the link, the customer's browser opens it. */
import { expect } from "chai";
import type { Stage } from "./stage.ts";
import { signInByLink } from "./sign-in.ts";
import type { Visit } from "./visit.ts";

/** `index`: of the demo's customers. */
export async function signInAsCustomer(visit: Visit, stage: Stage, index = 0): Promise<void> {
  const customer = stage.keys.customers[index];
  const shop = stage.keys.merchants.find(({ slug }) => slug === customer?.organisation);
  const answer = await fetch(`${stage.url}/v1/customers/${customer?.id ?? ""}/wallet-links`, {
    method: "POST",
    headers: { Authorization: `Bearer ${shop?.tillKey ?? ""}` },
  });
  expect(answer.status).to.equal(201);
  const { url } = (await answer.json()) as { url: string };
  await signInByLink(visit, stage, url);
}
