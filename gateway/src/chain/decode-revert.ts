/** Revert data → the named error of our contracts with its arguments. */
import { readdirSync, readFileSync } from "node:fs";
import { Interface } from "ethers";
import type { ErrorDescription } from "ethers";
import type { Facts } from "../kernel/errors.ts";
import type { HexData } from "../kernel/ids.ts";
import { asInContract, MEMBER_STATUSES, MERCHANT_STATUSES, PROPOSAL_STATES } from "../kernel/statuses.ts";

export interface Revert {
  /** The contract's error name ("MerchantPointCapExceeded"), "Panic", "Error", or "Unknown". */
  readonly name: string;
  readonly facts: Facts;
}

const ARTIFACTS = new URL("../../../artifacts/contracts/", import.meta.url);

/** Errors of libraries that our contracts use, for the time when only interfaces are built. */
const LIBRARY_ERRORS = [
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InvalidSender(address sender)",
  "error ERC20InvalidReceiver(address receiver)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
  "error ERC20InvalidApprover(address approver)",
  "error ERC20InvalidSpender(address spender)",
  "error ERC2612ExpiredSignature(uint256 deadline)",
  "error ERC2612InvalidSigner(address signer, address owner)",
  "error AccessManagedUnauthorized(address caller)",
  "error AccessManagedRequiredDelay(address caller, uint32 delay)",
  "error AccessManagerUnauthorizedAccount(address msgsender, uint64 roleId)",
  "error AccessManagerUnauthorizedCall(address caller, address target, bytes4 selector)",
  "error InvalidAccountNonce(address account, uint256 currentNonce)",
  "error ReentrancyGuardReentrantCall()",
  "error SafeERC20FailedOperation(address token)",
  "error ECDSAInvalidSignature()",
  "error ECDSAInvalidSignatureLength(uint256 length)",
  "error ECDSAInvalidSignatureS(bytes32 s)",
];

/** Arguments that are numbers on the chain and words for people. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  "enum IExchangePool.Refusal": [
    "None",
    "SameToken",
    "PoolClosed",
    "AmountOutOfRange",
    "AcceptPaused",
    "ReleasePaused",
    "TokenPaused",
    "AccountFrozen",
    "BalanceTooLow",
    "AlpReserveTooLow",
    "PointReserveTooLow",
    "PoolDailyLimit",
    "AccountDailyLimit",
    "WouldOutlive",
    "Slippage",
    "DeadlinePassed",
  ],
  "enum IMerchantPoint.RedemptionState": ["None", "Held", "Captured", "Released"],
  "enum ILottery.State": ["None", "Announced", "Open", "Closed", "Drawn", "Void"],
  "enum ISharingProgram.State": ["Off", "On", "Halted"],
  "enum IMerchantRegistry.Status": MERCHANT_STATUSES.map(asInContract),
  "enum IAlliance.MemberStatus": MEMBER_STATUSES.map(asInContract),
  "enum IGovernor.ProposalState": PROPOSAL_STATES.map(asInContract),
};

interface AbiError {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly internalType?: string }[];
}

interface ErrorBook {
  readonly words: Interface;
  /** `error.argument` → the enum's words. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

function readErrors(): ErrorBook {
  const found = new Map<string, AbiError>();
  const enums = new Map<string, readonly string[]>();
  for (const path of readdirSync(ARTIFACTS, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".json")) continue;
    const { abi } = JSON.parse(readFileSync(new URL(path, ARTIFACTS), "utf8")) as { abi?: AbiError[] };
    for (const entry of abi ?? []) {
      if (entry.type !== "error") continue;
      found.set(`${entry.name}(${entry.inputs.map(({ type }) => type).join()})`, entry);
      for (const { name, internalType } of entry.inputs) {
        const words = WORDS[internalType ?? ""];
        if (words !== undefined) enums.set(`${entry.name}.${name}`, words);
      }
    }
  }
  for (const error of new Interface(LIBRARY_ERRORS).fragments)
    if (!found.has(error.format("sighash")))
      found.set(error.format("sighash"), JSON.parse(error.format("json")) as AbiError);
  return { words: new Interface([...found.values()]), enums };
}

let book: ErrorBook | undefined;
const errorBook = (): ErrorBook => (book ??= readErrors());

/** Every error our contracts can raise, by name: what `describeFailure` must know. */
export function revertNames(): string[] {
  const names: string[] = [];
  errorBook().words.forEachError(({ name }) => names.push(name));
  return names.sort();
}

export function decodeRevert(data: HexData, message = ""): Revert {
  if (data === "0x") return { name: "Unknown", facts: { message: message.slice(0, 200) } };
  let error: ErrorDescription | null;
  try {
    error = errorBook().words.parseError(data);
  } catch {
    error = null;
  }
  if (error === null) return { name: "Unknown", facts: { message: message.slice(0, 200), data: data.slice(0, 138) } };
  if (error.name === "Error") return { name: "Error", facts: { message: String(error.args[0]) } };
  const facts: Record<string, string> = {};
  error.fragment.inputs.forEach(({ name }, index) => {
    const value: unknown = error.args[index];
    const words = errorBook().enums.get(`${error.name}.${name}`);
    const text = words?.[Number(value)] ?? String(value);
    facts[name] = text.startsWith("0x") ? text.toLowerCase() : text;
  });
  return { name: error.name, facts };
}
