/** Two customers: one whose key the gateway keeps, one with a wallet of its own that signs here. */
import { Wallet } from "ethers";
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import type { TypedData } from "../../gateway/client/generated/types.gen.ts";
import { answerOf, openLedger } from "../../gateway/client/ledger-client.ts";
import type { Client } from "../../gateway/client/ledger-client.ts";
import type { Stage } from "./stage.ts";
import { nextWrite } from "./stage.ts";

/** Who consents, and how: by id (the gateway signs) or by a signature made here. */
export interface Player {
  readonly name: string;
  readonly address: string;
  readonly app: Client;
  /** Fields of the request that carry the consent, for what is to be signed. */
  consent(typed: () => Promise<TypedData>): Promise<Record<string, unknown>>;
}

/** The wallet app of an organisation: it may register customers and act for them. */
async function openApp(stage: Stage): Promise<Client> {
  const body = { role: "consumer" as const, label: "demo wallet", organisation: `demo-${stage.run}`, lifeDays: 1 };
  const { secret } = await answerOf(api.createKey({ client: stage.operator, headers: nextWrite(stage), body }));
  return openLedger(stage.url, secret ?? "");
}

export async function inviteCustomers(stage: Stage): Promise<[managed: Player, own: Player]> {
  const app = await openApp(stage);
  const create = (body: { address?: string; externalRef: string }) =>
    answerOf(api.createCustomer({ client: app, headers: nextWrite(stage), body }));
  const managed = await create({ externalRef: `managed-${stage.run}` });
  const wallet = Wallet.createRandom();
  const own = await create({ externalRef: `own-${stage.run}`, address: wallet.address });
  return [
    {
      name: "managed customer · 托管会员",
      address: managed.address,
      app,
      consent: () => Promise.resolve({ customerId: managed.id }),
    },
    {
      name: "customer with own wallet · 自有钱包会员",
      address: own.address,
      app,
      async consent(typed) {
        const { domain, types, message, request } = await typed();
        const signature = await wallet.signTypedData(domain, types, message);
        return { ...request, signature };
      },
    },
  ];
}
