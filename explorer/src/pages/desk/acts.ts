/** What the regulator may do on the chain: the fields each act needs, and the call that asks for it. */
import {
  adviseWindDownMerchant,
  cutLimit,
  freezeAccount,
  haltIssueMerchant,
  orderTransfer,
  pauseToken,
  reinstateMerchant,
  resumeIssueMerchant,
  suspendMerchant,
  unfreezeAccount,
  unpauseToken,
  warnMerchant,
  withdrawOrder,
} from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Command } from "../../../../gateway/client/generated/types.gen.ts";
import type { IntentHeaders } from "../../api/write.ts";
import { parseAmount } from "../../format/amount.ts";

export interface ActFields {
  readonly account?: string;
  readonly token?: string;
  readonly merchantId?: number;
  readonly percent?: number;
  readonly from?: string;
  readonly to?: string;
  readonly points?: string;
  readonly orderId?: string;
}

export type FieldName = keyof ActFields;

interface Asking {
  readonly fields: ActFields;
  readonly body: { readonly caseNumber: string };
  readonly headers: IntentHeaders;
}

export interface Act {
  readonly needs: readonly FieldName[];
  readonly send: (asking: Asking) => Promise<{ data: Command }>;
}

/** The fields were checked by the form; the gateway checks them again. */
const text = (value: string | number | undefined): string => String(value ?? "").trim();
const THROW = { throwOnError: true } as const;
const POINT_DECIMALS = 2;

const ofMerchant = (send: typeof warnMerchant): Act => ({
  needs: ["merchantId"],
  send: ({ fields, ...asked }) => send({ path: { id: text(fields.merchantId) }, ...asked, ...THROW }),
});

export const ACTS = {
  freeze: {
    needs: ["account"],
    send: ({ fields, ...asked }) => freezeAccount({ path: { address: text(fields.account) }, ...asked, ...THROW }),
  },
  unfreeze: {
    needs: ["account"],
    send: ({ fields, ...asked }) => unfreezeAccount({ path: { address: text(fields.account) }, ...asked, ...THROW }),
  },
  pause: {
    needs: ["token"],
    send: ({ fields, ...asked }) => pauseToken({ path: { token: text(fields.token) }, ...asked, ...THROW }),
  },
  unpause: {
    needs: ["token"],
    send: ({ fields, ...asked }) => unpauseToken({ path: { token: text(fields.token) }, ...asked, ...THROW }),
  },
  warn: ofMerchant(warnMerchant),
  cutLimit: {
    needs: ["merchantId", "percent"],
    send: ({ fields, body, headers }) =>
      cutLimit({
        path: { id: text(fields.merchantId) },
        body: { ...body, percent: fields.percent ?? 0 },
        headers,
        ...THROW,
      }),
  },
  haltIssue: ofMerchant(haltIssueMerchant),
  resumeIssue: ofMerchant(resumeIssueMerchant),
  suspend: ofMerchant(suspendMerchant),
  reinstate: ofMerchant(reinstateMerchant),
  adviseWindDown: ofMerchant(adviseWindDownMerchant),
  orderTransfer: {
    needs: ["token", "from", "to", "points"],
    send: ({ fields, body, headers }) =>
      orderTransfer({
        body: {
          ...body,
          token: text(fields.token),
          from: text(fields.from),
          to: text(fields.to),
          points: String(parseAmount(text(fields.points), POINT_DECIMALS) ?? 0n),
        },
        headers,
        ...THROW,
      }),
  },
  withdrawOrder: {
    needs: ["orderId"],
    send: ({ fields, ...asked }) => withdrawOrder({ path: { orderId: text(fields.orderId) }, ...asked, ...THROW }),
  },
} as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;

export const ACT_NAMES = Object.keys(ACTS) as ActName[];
export const isActName = (name: string): name is ActName => Object.hasOwn(ACTS, name);
