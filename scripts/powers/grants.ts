/** Who holds which role of the AccessManager, since when, after which delay, and by whose decision. */
import type { Contract, Log } from "ethers";
import { eventOf, fieldsOf } from "./chain.ts";
import type { PowersChain } from "./chain.ts";

export interface Grant {
  readonly role: bigint;
  readonly account: string;
  readonly delaySeconds: number;
  /** The proposal of the council that decided it; undefined if the deployment did. */
  readonly proposalId: bigint | undefined;
}

export interface Offices {
  readonly chain: PowersChain;
  readonly manager: Contract;
  readonly council: Contract;
  readonly fromBlock: number;
}

/** Every account that has, or is about to have, a role. */
export async function readGrants(offices: Offices): Promise<Grant[]> {
  const { manager } = offices;
  const newest = new Map<string, { role: bigint; account: string; log: Log }>();
  for (const log of await logsOf(offices, "RoleGranted")) {
    const [role, account] = fieldsOf(manager, "RoleGranted", log) as unknown as [bigint, string];
    newest.set(`${role} ${account}`, { role, account, log });
  }
  const grants: Grant[] = [];
  for (const { role, account, log } of newest.values()) {
    const [since, delay, pending] = (await manager.getFunction("getAccess")(role, account)) as [bigint, bigint, bigint];
    if (since === 0n) continue; // taken back since
    const delaySeconds = Number(pending > 0n && pending < delay ? pending : delay);
    const wanted = manager.interface.encodeFunctionData("grantRole", [role, account, 0]).slice(0, 2 + 8 + 128);
    grants.push({ role, account, delaySeconds, proposalId: await decidedBy(offices, log, wanted) });
  }
  return grants;
}

export interface RoleRule {
  readonly role: bigint;
  readonly rule: "admin" | "guardian";
  readonly by: bigint;
  readonly proposalId: bigint | undefined;
}

/** Roles whose admin or guardian somebody has changed. */
export async function readRoleRules(offices: Offices): Promise<RoleRule[]> {
  const { manager } = offices;
  const newest = new Map<string, RoleRule>();
  for (const [event, rule, call] of [
    ["RoleAdminChanged", "admin", "setRoleAdmin"],
    ["RoleGuardianChanged", "guardian", "setRoleGuardian"],
  ] as const) {
    for (const log of await logsOf(offices, event)) {
      const [role, by] = fieldsOf(manager, event, log) as unknown as [bigint, bigint];
      const wanted = manager.interface.encodeFunctionData(call, [role, by]);
      newest.set(`${rule} ${role}`, { role, rule, by, proposalId: await decidedBy(offices, log, wanted) });
    }
  }
  return [...newest.values()].filter(({ by }) => by !== 0n);
}

export interface Scheduled {
  readonly caller: string;
  readonly target: string;
  readonly data: string;
}

/** Operations that wait in the AccessManager. */
export async function readScheduled(offices: Offices): Promise<Scheduled[]> {
  const { manager } = offices;
  const waiting = new Map<string, Scheduled>();
  for (const log of await logsOf(offices, "OperationScheduled")) {
    const { operationId, caller, target, data } = fieldsOf(
      manager,
      "OperationScheduled",
      log,
    ) as unknown as Scheduled & {
      operationId: string;
    };
    waiting.set(operationId, { caller, target, data });
  }
  for (const operationId of [...waiting.keys()]) {
    if (((await manager.getFunction("getSchedule")(operationId)) as bigint) === 0n) waiting.delete(operationId);
  }
  return [...waiting.values()];
}

async function logsOf({ chain, manager, fromBlock }: Offices, event: string): Promise<Log[]> {
  return await chain.logs(await manager.getAddress(), [eventOf(manager, event).topicHash], fromBlock);
}

/** The proposal that was executed in the log's transaction and has a call to the AccessManager that begins so. */
async function decidedBy({ chain, manager, council }: Offices, log: Log, call: string): Promise<bigint | undefined> {
  const { logs } = await chain.receipt(log.transactionHash);
  const executed = eventOf(council, "ProposalExecuted").topicHash;
  const [managerAt, councilAt] = [await manager.getAddress(), await council.getAddress()];
  for (const other of logs.filter(({ address, topics }) => address === councilAt && topics[0] === executed)) {
    const [proposalId] = fieldsOf(council, "ProposalExecuted", other) as unknown as [bigint];
    const [targets, , datas] = (await council.getFunction("proposalDetails")(proposalId)) as [
      string[],
      bigint[],
      string[],
    ];
    if (targets.some((target, index) => target === managerAt && datas[index]?.startsWith(call))) return proposalId;
  }
  return undefined;
}
