/** The English words by namespace, for the compiler only: nothing imports this file for its values. */
import type common from "./en/common.json";
import type overview from "./en/overview.json";
import type session from "./en/session.json";
import type wallet from "./en/wallet.json";

export declare const words: {
  common: typeof common;
  overview: typeof overview;
  session: typeof session;
  wallet: typeof wallet;
};
