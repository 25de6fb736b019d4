/** Who plays in the demo alliance. Every key is derived from words that everybody knows: it guards nothing. */
import { HDNodeWallet, Mnemonic } from "ethers";

const WORDS = "test test test test test test test test test test test junk";
const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(WORDS), "m/44'/60'/0'/0");

/** Ranges of the derivation path, wide apart so that a cast can grow without renaming anyone. */
const RANGE = { office: 0, representative: 100, node: 200, controller: 300, till: 400, customer: 500 } as const;

const at = (range: keyof typeof RANGE, index: number): HDNodeWallet => root.deriveChild(RANGE[range] + index);

/** Deploys, and keeps no power: afterwards the founding member acts through the council like everybody else. */
export const deployer = at("office", 0);
export const regulator = at("office", 1);
export const relayers: readonly [HDNodeWallet, HDNodeWallet] = [at("office", 2), at("office", 3)];

/** Members count from 1, as on the chain. */
export const representativeOf = (memberId: number): HDNodeWallet => at("representative", memberId - 1);
export const nodeOf = (memberId: number): HDNodeWallet => at("node", memberId - 1);
export const controllerOf = (merchant: number): HDNodeWallet => at("controller", merchant);
/** Two tills a merchant. */
export const tillsOf = (merchant: number): [HDNodeWallet, HDNodeWallet] => [
  at("till", merchant * 10),
  at("till", merchant * 10 + 1),
];

export interface Customer {
  readonly name: string;
  /** The merchant that keeps this customer's key (its slug). */
  readonly organisation: string;
  readonly wallet: HDNodeWallet;
}

const CUSTOMERS: readonly [name: string, organisation: string][] = [
  ["林晓 Lin Xiao", "xiangcunji"],
  ["王磊 Wang Lei", "xiangcunji"],
  ["陈静 Chen Jing", "burgerking"],
  ["赵敏 Zhao Min", "burgerking"],
  ["周航 Zhou Hang", "cloudbooks"],
  ["吴桐 Wu Tong", "dawnmart"],
];

export const customers: readonly Customer[] = CUSTOMERS.map(([name, organisation], index) => ({
  name,
  organisation,
  wallet: at("customer", index),
}));
