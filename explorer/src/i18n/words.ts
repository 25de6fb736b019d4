/** The English words by namespace, for the compiler only: nothing imports this file for its values. */
import type charts from "./en/charts.json";
import type chain from "./en/chain.json";
import type common from "./en/common.json";
import type desk from "./en/desk.json";
import type liability from "./en/liability.json";
import type merchant from "./en/merchant.json";
import type merchantAccess from "./en/merchantAccess.json";
import type merchantIssue from "./en/merchantIssue.json";
import type merchantPool from "./en/merchantPool.json";
import type merchantRedeem from "./en/merchantRedeem.json";
import type council from "./en/council.json";
import type exchange from "./en/exchange.json";
import type network from "./en/network.json";
import type overview from "./en/overview.json";
import type purse from "./en/purse.json";
import type session from "./en/session.json";
import type wallet from "./en/wallet.json";

export declare const words: {
  charts: typeof charts;
  chain: typeof chain;
  common: typeof common;
  desk: typeof desk;
  liability: typeof liability;
  merchant: typeof merchant;
  merchantAccess: typeof merchantAccess;
  merchantIssue: typeof merchantIssue;
  merchantPool: typeof merchantPool;
  merchantRedeem: typeof merchantRedeem;
  council: typeof council;
  exchange: typeof exchange;
  network: typeof network;
  overview: typeof overview;
  purse: typeof purse;
  session: typeof session;
  wallet: typeof wallet;
};
