/** Signing in and out of the web. Programs send their key with every request instead. */
import { z } from "zod";
import type { OpenSession, SignedIn } from "../../commands/sessions.ts";
import {
  findOpenSession,
  makeWalletLink,
  SESSION_MAX_MS,
  signInWithKey,
  signInWithLink,
  signOut,
} from "../../commands/sessions.ts";
import { prepareWalletSignIn, signInWithWallet } from "../../commands/sign-in-wallet.ts";
import { ROLES, SCOPES } from "../../kernel/caller.ts";
import { sessionCookie } from "../middleware/session-cookie.ts";
import { callerOf } from "../present.ts";
import type { Answer, FromWeb, Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, hexDataIn, timestampOut } from "../schemas.ts";

const tag = "Session";
const door = { tag, roles: "public", door: true, repeatable: true } as const;

const sessionOut = z
  .strictObject({
    role: z.enum(ROLES),
    organisation: z.string(),
    merchantId: z.int().optional(),
    memberId: z.int().optional(),
    account: addressOut.optional().meta({ description: "Only of customers: the account they are confined to." }),
    customerId: z.uuid().optional(),
    scopes: z.array(z.enum(SCOPES)).optional().meta({ description: "Absent: whatever the role may." }),
    expiresAt: timestampOut.meta({ description: "Unix seconds: when it ends if it is not used again." }),
  })
  .meta({ id: "Session" });

const sessionAnswer = z
  .strictObject({ session: z.union([sessionOut, z.null()]) })
  .meta({ id: "SessionAnswer", description: "null: nobody is signed in." });

function present({ caller, expiresAt }: OpenSession): z.input<typeof sessionAnswer> {
  const { role, organisation, merchantId, memberId, scopes, self } = caller;
  return {
    session: {
      role,
      organisation,
      ...(merchantId === undefined ? {} : { merchantId }),
      ...(memberId === undefined ? {} : { memberId }),
      ...(scopes === undefined ? {} : { scopes: [...scopes] }),
      ...self,
      expiresAt: Math.floor(expiresAt / 1000),
    },
  };
}

interface Asked {
  readonly answer: Answer;
  readonly web: FromWeb;
}

const isSecure = ({ origin }: FromWeb): boolean => origin.startsWith("https:");

function greet({ answer, web }: Asked, signedIn: SignedIn): z.input<typeof sessionAnswer> {
  const seconds = SESSION_MAX_MS / 1000;
  answer.header("Set-Cookie", sessionCookie(signedIn.token, { isSecure: isSecure(web), seconds }));
  return present(signedIn);
}

function forget({ answer, web }: Asked): void {
  answer.header("Set-Cookie", sessionCookie("", { isSecure: isSecure(web), seconds: 0 }));
}

const getSession = route({
  ...door,
  method: "get",
  path: "/v1/session",
  operationId: "getSession",
  summary: "Who is signed in here",
  output: sessionAnswer,
  async run(input, rooms) {
    const { sessionToken } = input.web;
    if (sessionToken === undefined) return { session: null };
    const open = await findOpenSession(rooms, sessionToken);
    if (open !== undefined) return present(open);
    forget(input);
    return { session: null };
  },
});

const signIn = route({
  ...door,
  method: "post",
  path: "/v1/session",
  operationId: "signIn",
  summary: "Sign in, with an API key or with a link to a wallet",
  description:
    "The session is a cookie that scripts can not read. It ends 30 minutes after its last use, 12 hours after it began, " +
    "by signing out, and at once with the key that it was opened with or that made the link.",
  body: z.union([
    z.strictObject({ apiKey: z.string().min(1).max(100) }),
    z.strictObject({
      walletLink: z
        .string()
        .regex(/^[0-9A-Za-z]{43}$/, "must be what follows the # of the link")
        .meta({ example: "0123456789abcdefghijABCDEFGHIJ0123456789abc" }),
    }),
  ]),
  output: sessionAnswer,
  async run(input, rooms) {
    const { body } = input;
    const signedIn = await ("apiKey" in body
      ? signInWithKey(rooms, body.apiKey)
      : signInWithLink(rooms, body.walletLink));
    if (input.web.sessionToken !== undefined) await signOut(rooms, input.web.sessionToken);
    return greet(input, signedIn);
  },
});

const prepareWallet = route({
  ...door,
  method: "post",
  path: "/v1/session/wallet/nonce",
  operationId: "prepareWalletSignIn",
  summary: "A number for the text that a wallet signs to sign in (EIP-4361); good once, for ten minutes",
  body: z.strictObject({ account: addressIn }),
  output: z
    .strictObject({
      nonce: z.string().meta({ example: "5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b" }),
      address: z.string().meta({
        description: "The account as the text must write it (EIP-55).",
        example: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
      }),
      chainId: z.int(),
      expiresAt: timestampOut,
    })
    .meta({ id: "WalletNonce" }),
  async run({ body }, rooms) {
    const { expiresAt, ...rest } = await prepareWalletSignIn(rooms, body.account);
    return { ...rest, expiresAt: Math.floor(expiresAt / 1000) };
  },
});

const signInByWallet = route({
  ...door,
  method: "post",
  path: "/v1/session/wallet",
  operationId: "signInWithWallet",
  summary: "Sign in with a wallet: the text as it was shown (EIP-4361), and its signature",
  description: "The session is a customer's, confined to the account that signed; contracts sign by ERC-1271.",
  body: z.strictObject({ message: z.string().min(1).max(4_000), signature: hexDataIn }),
  output: sessionAnswer,
  async run(input, rooms) {
    const signedIn = await signInWithWallet(rooms, input.body, input.web.publicUrl);
    if (input.web.sessionToken !== undefined) await signOut(rooms, input.web.sessionToken);
    return greet(input, signedIn);
  },
});

const endSession = route({
  ...door,
  method: "delete",
  path: "/v1/session",
  operationId: "signOut",
  summary: "Sign out",
  output: sessionAnswer,
  async run(input, rooms) {
    if (input.web.sessionToken !== undefined) await signOut(rooms, input.web.sessionToken);
    forget(input);
    return { session: null };
  },
});

const walletLink = route({
  method: "post",
  path: "/v1/customers/:customerId/wallet-links",
  operationId: "createWalletLink",
  summary: "A link that opens this customer's wallet in a browser, once, within 15 minutes",
  description: "Give it to the customer alone: whoever opens it acts for the customer until the session ends.",
  tag: "Customers",
  roles: ["consumer", "till", "merchant"],
  repeatable: true,
  params: z.strictObject({ customerId: z.uuid() }),
  output: z
    .strictObject({
      url: z.string().meta({ example: "https://points.example/sign-in#0123456789abcdefghijABCDEFGHIJ0123456789abc" }),
      expiresAt: timestampOut,
    })
    .meta({ id: "WalletLink" }),
  status: 201,
  async run(input, rooms) {
    const { token, expiresAt } = await makeWalletLink(rooms, callerOf(input), input.params.customerId);
    // After the #, so that no server on the way writes it into a log.
    return { url: `${input.web.origin}/sign-in#${token}`, expiresAt: Math.floor(expiresAt / 1000) };
  },
});

export const sessionRoutes: readonly Route[] = [
  getSession,
  signIn,
  prepareWallet,
  signInByWallet,
  endSession,
  walletLink,
];
