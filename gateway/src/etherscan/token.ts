/** `module=token` and `module=stats`: what a token is, who holds it, how much of it there is. */
import { fetchTotalSupply } from "../chain/token-facts.ts";
import type { Address } from "../kernel/ids.ts";
import { readMerchants, readToken } from "../store/read-issuers.ts";
import { readHoldersPage } from "../store/read-windows.ts";
import { factsOf } from "./account.ts";
import type { Action, EtherscanRooms } from "./answer.ts";
import { Refused, list, ok } from "./answer.ts";
import { addressIn, pageIn } from "./fields.ts";

/** Points and ALP alike, by what the token itself says. */
async function describe(rooms: EtherscanRooms, token: Address) {
  const facts = await factsOf(rooms, token);
  const totalSupply = await fetchTotalSupply(rooms.chain, token);
  if (facts === undefined || totalSupply === undefined) throw new Refused("Error! No token found at this address");
  return { ...facts, totalSupply: String(totalSupply) };
}

const tokenInfo: Action = async (rooms, fields) => {
  const token = addressIn(fields, "contractaddress");
  const { name, symbol, decimals, totalSupply } = await describe(rooms, token);
  const point = await readToken(rooms.db, token);
  const [merchant] = point === undefined ? [] : await readMerchants(rooms.db, [point.merchant_id]);
  const info = {
    contractAddress: token,
    tokenName: name,
    symbol,
    divisor: String(decimals),
    tokenType: "ERC20",
    totalSupply,
    blueCheckmark: merchant?.status === "active" ? "true" : "false",
    description: merchant === undefined ? "" : `${merchant.legal_name}: ${merchant.points_per_yuan} points a yuan`,
    website: /^https?:/.test(merchant?.profile_uri ?? "") ? (merchant?.profile_uri ?? "") : "",
    email: "",
    blog: "",
    reddit: "",
    slack: "",
    facebook: "",
    twitter: "",
    bitcointalk: "",
    github: "",
    telegram: "",
    wechat: "",
    linkedin: "",
    discord: "",
    whitepaper: "",
    tokenPriceUSD: "0",
    image: "",
  };
  return ok([info]);
};

/** The same in the shape of Blockscout. */
const getToken: Action = async (rooms, fields) => {
  const token = addressIn(fields, "contractaddress");
  const { name, symbol, decimals, totalSupply } = await describe(rooms, token);
  const isOurs = (await readToken(rooms.db, token)) !== undefined || token === rooms.deployment.contracts.allianceToken;
  return ok({
    cataloged: isOurs,
    contractAddress: token,
    decimals: String(decimals),
    name,
    symbol,
    totalSupply,
    type: "ERC-20",
  });
};

const HOLDERS_A_PAGE = 1_000;

async function holdersOf(rooms: EtherscanRooms, fields: Parameters<Action>[1]) {
  const token = addressIn(fields, "contractaddress");
  return readHoldersPage(
    rooms.db,
    { token, alp: rooms.deployment.contracts.allianceToken },
    pageIn(fields, HOLDERS_A_PAGE),
  );
}

const tokenHolderList: Action = async (rooms, fields) => {
  const holders = await holdersOf(rooms, fields);
  const shown = holders.map(({ account, balance }) => ({
    TokenHolderAddress: account,
    TokenHolderQuantity: balance,
    TokenHolderAddressType: "",
  }));
  return list(shown, "token holders");
};

const getTokenHolders: Action = async (rooms, fields) => {
  const holders = await holdersOf(rooms, fields);
  return list(
    holders.map(({ account, balance }) => ({ address: account, value: balance })),
    "token holders",
  );
};

const tokenSupply: Action = async (rooms, fields) => {
  const found = await fetchTotalSupply(rooms.chain, addressIn(fields, "contractaddress"));
  return ok(String(found ?? 0n));
};

export const tokenActions: Readonly<Record<string, Action>> = {
  tokeninfo: tokenInfo,
  gettoken: getToken,
  tokenholderlist: tokenHolderList,
  gettokenholders: getTokenHolders,
};

export const statsActions: Readonly<Record<string, Action>> = { tokensupply: tokenSupply };
