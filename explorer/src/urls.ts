/** Every address of the web: the pattern that the router matches, and the link that is made of it. Nobody writes a path by hand. */
import { generatePath } from "react-router";

export const paths = {
  overview: "/",
  points: "/points",
  point: "/points/:token",
  accounts: "/accounts",
  account: "/accounts/:address",
  blocks: "/blocks",
  block: "/blocks/:numberOrHash",
  transactions: "/transactions",
  transaction: "/transactions/:hash",
  exchange: "/exchange",
  pool: "/exchange/:token",
  council: "/council",
  proposal: "/council/proposals/:id",
  draftProposal: "/council/draft",
  members: "/members",
  member: "/members/:id",
  supervision: "/supervision",
  search: "/search",
  signIn: "/sign-in",
  merchant: "/merchant",
  wallet: "/wallet",
  desk: "/desk",
  network: "/network",
} as const;

/** Consoles have pages of their own below these. */
export const consolePaths = {
  merchant: `${paths.merchant}/*`,
  wallet: `${paths.wallet}/*`,
  desk: `${paths.desk}/*`,
} as const;

/** The merchant console, one page a job. */
export const merchantPaths = {
  dashboard: paths.merchant,
  issue: `${paths.merchant}/issue`,
  batch: `${paths.merchant}/batch`,
  reverse: `${paths.merchant}/reverse`,
  redeem: `${paths.merchant}/redeem`,
  redemptions: `${paths.merchant}/redemptions`,
  prices: `${paths.merchant}/prices`,
  reserves: `${paths.merchant}/reserves`,
  limits: `${paths.merchant}/limits`,
  collateral: `${paths.merchant}/collateral`,
  liability: `${paths.merchant}/liability`,
  loyalty: `${paths.merchant}/loyalty`,
  scan: `${paths.merchant}/loyalty/scan`,
  rules: `${paths.merchant}/loyalty/rules`,
  goods: `${paths.merchant}/loyalty/goods`,
  offers: `${paths.merchant}/loyalty/offers`,
  loyaltyMembers: `${paths.merchant}/loyalty/members`,
  objections: `${paths.merchant}/loyalty/objections`,
  profile: `${paths.merchant}/profile`,
  tills: `${paths.merchant}/tills`,
  keys: `${paths.merchant}/keys`,
  webhooks: `${paths.merchant}/webhooks`,
  activity: `${paths.merchant}/activity`,
} as const;

/** The customer's wallet, one page a job. */
export const walletPaths = {
  home: paths.wallet,
  shop: `${paths.wallet}/points/:token`,
  pay: `${paths.wallet}/pay`,
  code: `${paths.wallet}/pay/:token/:ref`,
  swap: `${paths.wallet}/swap`,
  send: `${paths.wallet}/send`,
  goods: `${paths.wallet}/goods`,
  pickUp: `${paths.wallet}/goods/:merchantId/:ref`,
  nearby: `${paths.wallet}/nearby`,
  draws: `${paths.wallet}/draws`,
  history: `${paths.wallet}/history`,
  receipt: `${paths.wallet}/history/:hash`,
} as const;

export const walletShopUrl = (token: string): string => generatePath(walletPaths.shop, { token });
export const payCodeUrl = (token: string, ref: string): string => generatePath(walletPaths.code, { token, ref });
export const pickUpUrl = (merchantId: number, ref: string): string =>
  generatePath(walletPaths.pickUp, { merchantId: String(merchantId), ref });
export const receiptUrl = (hash: string): string => generatePath(walletPaths.receipt, { hash });

/** `to` with what it is asked to begin with. */
export const withQuery = (to: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? to : `${to}?${new URLSearchParams(given).toString()}`;
};

/** What a till scans: this page of the merchant console, with the code in it. */
export const tillScanUrl = (code: { token: string; holder: string; ref: string }): string =>
  withQuery(merchantPaths.scan, code);

export const tillGoodsUrl = (redemptionRef: string): string =>
  withQuery(`${paths.merchant}/loyalty/goods`, { redemption: redemptionRef });

/** The regulator's desk. */
export const deskPaths = {
  alerts: paths.desk,
  cases: `${paths.desk}/cases`,
  case: `${paths.desk}/cases/:number`,
  measures: `${paths.desk}/measures`,
  reports: `${paths.desk}/reports`,
  verify: `${paths.desk}/verify`,
} as const;

export const pointUrl = (token: string): string => generatePath(paths.point, { token });
export const accountUrl = (address: string): string => generatePath(paths.account, { address });
export const blockUrl = (numberOrHash: string | number): string =>
  generatePath(paths.block, { numberOrHash: String(numberOrHash) });
export const transactionUrl = (hash: string): string => generatePath(paths.transaction, { hash });
export const poolUrl = (token: string): string => generatePath(paths.pool, { token });
/** The quote for points of this token. */
export const quoteUrl = (token: string): string => `${paths.exchange}?${new URLSearchParams({ in: token }).toString()}`;
export const proposalUrl = (id: string): string => generatePath(paths.proposal, { id });
export const memberUrl = (id: number): string => generatePath(paths.member, { id: String(id) });
export const caseUrl = (number: string): string => generatePath(deskPaths.case, { number });
export const verifyReportUrl = (id: string): string =>
  `${deskPaths.verify}?${new URLSearchParams({ report: id }).toString()}`;
export const searchUrl = (q: string): string => `${paths.search}?${new URLSearchParams({ q }).toString()}`;
export const signInUrl = (returnTo: string): string =>
  `${paths.signIn}?${new URLSearchParams({ returnTo }).toString()}`;

/** Where each role has most to do. */
const HOMES = {
  operator: paths.overview,
  member: paths.council,
  merchant: paths.merchant,
  till: paths.merchant,
  auditor: paths.supervision,
  regulator: paths.desk,
  consumer: paths.wallet,
} as const;

export const homeUrl = (role: keyof typeof HOMES): string => HOMES[role];
export const commandUrl = (id: string): string =>
  `${merchantPaths.activity}?${new URLSearchParams({ command: id }).toString()}`;
