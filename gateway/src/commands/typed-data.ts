/** What an account signs (EIP-712), word for word as the contracts check it. */
import type { Deployment } from "../chain/deployment.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { TypedDataDomain, TypedDataTypes } from "../signer/signers.ts";

export interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: TypedDataTypes;
  readonly primaryType: string;
  readonly message: Record<string, unknown>;
}

export const REDEMPTION_KINDS = ["deduction", "goods", "lottery"] as const;
export type RedemptionKind = (typeof REDEMPTION_KINDS)[number];

interface TokenName {
  readonly token: Address;
  readonly tokenName: string;
}

function fields(text: string): { name: string; type: string }[] {
  return text.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { name, type };
  });
}

const TYPES = {
  Redeem: fields("address holder,uint256 points,uint8 kind,bytes32 ref,uint256 deadline"),
  Hold: fields("address holder,uint256 points,uint8 kind,bytes32 ref,uint64 releaseAt,uint256 deadline"),
  TransferWithAuthorization: fields(
    "address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce",
  ),
  TurnIn: fields("address holder,uint256 merchantId,uint256 points,bytes32 ref,uint256 deadline"),
  Order: fields(
    "address account,address tokenIn,address tokenOut,uint256 amountIn,uint256 amountOut,bool exactOut,uint256 nonce,uint256 deadline",
  ),
  RedeemShare: fields("address account,uint256 points,uint256 nonce,uint256 deadline"),
  Ballot: fields("uint256 proposalId,uint8 support,address voter,uint256 nonce"),
};

function ofToken(
  { chainId }: Deployment,
  of: TokenName,
  primaryType: keyof typeof TYPES,
  message: Record<string, unknown>,
): TypedData {
  const domain = { name: of.tokenName, version: "1", chainId, verifyingContract: of.token };
  return { domain, types: { [primaryType]: TYPES[primaryType] }, primaryType, message };
}

export interface Redemption {
  readonly holder: Address;
  readonly points: bigint;
  readonly kind: RedemptionKind;
  readonly ref: Hex32;
  readonly deadline: number;
}

export function redeemTypedData(deployment: Deployment, of: TokenName, redemption: Redemption): TypedData {
  const { holder, points, kind, ref, deadline } = redemption;
  return ofToken(deployment, of, "Redeem", { holder, points, kind: REDEMPTION_KINDS.indexOf(kind), ref, deadline });
}

export function holdTypedData(
  deployment: Deployment,
  of: TokenName,
  hold: Redemption & { releaseAt: number },
): TypedData {
  const { holder, points, kind, ref, releaseAt, deadline } = hold;
  const message = { holder, points, kind: REDEMPTION_KINDS.indexOf(kind), ref, releaseAt, deadline };
  return ofToken(deployment, of, "Hold", message);
}

export interface Authorization {
  readonly from: Address;
  readonly to: Address;
  readonly value: bigint;
  readonly validAfter: number;
  readonly validBefore: number;
  readonly nonce: Hex32;
}

export function transferTypedData(deployment: Deployment, of: TokenName, authorization: Authorization): TypedData {
  return ofToken(deployment, of, "TransferWithAuthorization", { ...authorization });
}

export interface TurnIn {
  readonly holder: Address;
  readonly merchantId: number;
  readonly points: bigint;
  readonly ref: Hex32;
  readonly deadline: number;
}

export function turnInTypedData({ chainId, contracts }: Deployment, turnIn: TurnIn): TypedData {
  return {
    domain: { name: "Collateral", version: "1", chainId, verifyingContract: contracts.collateral },
    types: { TurnIn: TYPES.TurnIn },
    primaryType: "TurnIn",
    message: { ...turnIn },
  };
}

export interface Order {
  readonly account: Address;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly exactOut: boolean;
  readonly nonce: bigint;
  readonly deadline: number;
}

export function orderTypedData({ chainId, contracts }: Deployment, order: Order): TypedData {
  return {
    domain: { name: "ExchangePool", version: "1", chainId, verifyingContract: contracts.exchangePool },
    types: { Order: TYPES.Order },
    primaryType: "Order",
    message: { ...order },
  };
}

export interface ShareRedemption {
  readonly account: Address;
  /** Wei of share points. */
  readonly points: bigint;
  readonly nonce: bigint;
  readonly deadline: number;
}

export function redeemShareTypedData({ chainId, contracts }: Deployment, redemption: ShareRedemption): TypedData {
  return {
    domain: { name: "SharingProgram", version: "1", chainId, verifyingContract: contracts.sharingProgram },
    types: { RedeemShare: TYPES.RedeemShare },
    primaryType: "RedeemShare",
    message: { ...redemption },
  };
}

export interface BallotMessage {
  readonly proposalId: bigint;
  readonly support: number;
  readonly voter: Address;
  readonly nonce: bigint;
}

export function ballotTypedData({ chainId, contracts }: Deployment, ballot: BallotMessage): TypedData {
  return {
    domain: { name: "AllianceCouncil", version: "1", chainId, verifyingContract: contracts.council },
    types: { Ballot: TYPES.Ballot },
    primaryType: "Ballot",
    message: { ...ballot },
  };
}
