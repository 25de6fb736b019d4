/**
 * What calls of the council would do now: one `eth_call` in which CouncilPreview takes the council's place, and the
 * council's roles have no delays. A role that the council does not hold stays withheld.
 */
import { AbiCoder, getAddress, keccak256, toBeHex } from "ethers";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../kernel/ids.ts";
import { ROLE_NAMES } from "../kernel/roles.ts";
import type { ChainClient, StateOverrides } from "./client.ts";
import { accessManager, councilPreview, readRuntimeCode } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";
import { readContract } from "./read-contracts.ts";

interface PreviewCall {
  readonly target: Address;
  readonly value: bigint;
  readonly data: HexData;
}

export interface Reply {
  readonly isOk: boolean;
  /** What it answered, or reverted with. */
  readonly data: HexData;
}

export interface Preview {
  /** Answers of the probes before. */
  readonly earlier: readonly Reply[];
  /** Up to the first call that failed, which then is the last. */
  readonly results: readonly Reply[];
  /** Answers of the probes after; none if a call failed. */
  readonly later: readonly Reply[];
}

/** The first 20 bytes of keccak256("CouncilPreview"), where the preview looks for the council's own code. */
const COUNCIL_CODE = parseAddress(keccak256(Buffer.from("CouncilPreview")).slice(0, 42));
/** `_roles` is the second variable of OpenZeppelin's AccessManager (5.7), `members` the first of a role. */
const ROLES_SLOT = 1n;

export async function previewCalls(
  { chain, deployment }: { chain: ChainClient; deployment: Deployment },
  asked: { calls: readonly PreviewCall[]; probes: readonly { target: Address; data: HexData }[] },
  block: number,
): Promise<Preview> {
  const { council: at, accessManager: manager } = deployment.contracts;
  const [code, stateDiff] = await Promise.all([chain.codeOf(at), undelayed(chain, deployment, block)]);
  const overrides: StateOverrides = {
    [at]: { code: readRuntimeCode("alliance", "CouncilPreview") },
    [COUNCIL_CODE]: { code },
    [manager]: { stateDiff },
  };
  const data = parseHexData(councilPreview.encodeFunctionData("preview", [[...asked.calls], [...asked.probes]]));
  const outcome = await chain.call({ to: at, data, from: at }, block, overrides);
  if (!outcome.ok) throw new LedgerError("chain_refused", { reason: `preview: ${outcome.message}` });
  const [earlier, results, later] = councilPreview.decodeFunctionResult("preview", outcome.data) as unknown as [
    Reply[],
    Reply[],
    Reply[],
  ];
  return { earlier: earlier.map(plain), results: results.map(plain), later: later.map(plain) };
}

const plain = ({ isOk, data }: Reply): Reply => ({ isOk, data: parseHexData(data) });

/** For each role that the council holds: the word of its grant with the delay wiped out, `since` alone. */
async function undelayed(
  chain: ChainClient,
  { contracts }: Deployment,
  block: number,
): Promise<Readonly<Record<Hex32, Hex32>>> {
  const slots = await Promise.all(
    ROLE_NAMES.map(async (_name, role) => {
      const [since] = await readContract(chain, {
        abi: accessManager,
        address: contracts.accessManager,
        method: "getAccess",
        args: [role, contracts.council],
        block,
      });
      return since === 0n ? [] : [[grantSlot(BigInt(role), contracts.council), word(since as bigint)] as const];
    }),
  );
  return Object.fromEntries(slots.flat());
}

const word = (value: bigint): Hex32 => parseHex32(toBeHex(value, 32));

/** Where `_roles[role].members[account]` stands. */
function grantSlot(role: bigint, account: Address): Hex32 {
  const coder = AbiCoder.defaultAbiCoder();
  const roleSlot = keccak256(coder.encode(["uint64", "uint256"], [role, ROLES_SLOT]));
  return parseHex32(keccak256(coder.encode(["address", "bytes32"], [getAddress(account), roleSlot])));
}
