/** perm_*: the node's own lists of nodes and accounts, with Besu's refusals of what is there or not there already. */
import { isSameEnode, readEnode } from "../cli/identity.ts";
import type { AllowList, Backend } from "./backend.ts";
import type { Method } from "./eth-methods.ts";
import { readTexts } from "./parameters.ts";
import { RpcRefusal } from "./rpc-errors.ts";
import type { RpcErrorName } from "./rpc-errors.ts";

export function permMethods(backend: Backend): Record<string, Method> {
  const nodes = (): AllowList<string> => {
    if (backend.nodesAllowlist === undefined) throw new RpcRefusal("NODE_ALLOWLIST_NOT_ENABLED");
    return backend.nodesAllowlist;
  };
  const accounts = (): AllowList<string> => {
    if (backend.accountsAllowlist === undefined) throw new RpcRefusal("ACCOUNT_ALLOWLIST_NOT_ENABLED");
    return backend.accountsAllowlist;
  };
  const isFixed = (enode: string): boolean => backend.admin.fixedNodes().some((fixed) => isSameNode(fixed, enode));
  return {
    perm_getNodesAllowlist: () => nodes().all(),
    perm_addNodesToAllowlist: ([list]) => add(nodes(), readTexts(list), NODE_WORDS),
    perm_removeNodesFromAllowlist: ([list]) => {
      const asked = readTexts(list);
      check(asked, NODE_WORDS);
      if (asked.some(isFixed)) throw new RpcRefusal("NODE_ALLOWLIST_FIXED_NODE_CANNOT_BE_REMOVED");
      return remove(nodes(), asked, NODE_WORDS);
    },
    perm_getAccountsAllowlist: () => accounts().all(),
    perm_addAccountsToAllowlist: ([list]) => add(accounts(), readTexts(list), ACCOUNT_WORDS),
    perm_removeAccountsFromAllowlist: ([list]) => remove(accounts(), readTexts(list), ACCOUNT_WORDS),
    perm_reloadPermissionsFromFile: () => {
      const lists = [backend.nodesAllowlist, backend.accountsAllowlist].filter((list) => list !== undefined);
      if (lists.length === 0) throw new RpcRefusal("PERMISSIONING_NOT_ENABLED");
      try {
        for (const list of lists) list.reload();
      } catch {
        throw new RpcRefusal("ALLOWLIST_RELOAD_ERROR");
      }
      return "Success";
    },
  };
}

interface Words {
  readonly isValid: (entry: string) => boolean;
  readonly isSame: (a: string, b: string) => boolean;
  readonly empty: RpcErrorName;
  readonly invalid: RpcErrorName;
  readonly duplicated: RpcErrorName;
  readonly existing: RpcErrorName;
  readonly absent: RpcErrorName;
}

const NODE_WORDS: Words = {
  isValid: (entry) => readEnode(entry) !== undefined,
  isSame: isSameNode,
  empty: "NODE_ALLOWLIST_EMPTY_ENTRY",
  invalid: "NODE_ALLOWLIST_INVALID_ENTRY",
  duplicated: "NODE_ALLOWLIST_DUPLICATED_ENTRY",
  existing: "NODE_ALLOWLIST_EXISTING_ENTRY",
  absent: "NODE_ALLOWLIST_MISSING_ENTRY",
};

const ACCOUNT_WORDS: Words = {
  isValid: (entry) => /^0x[0-9a-fA-F]{40}$/.test(entry),
  isSame: (a, b) => a.toLowerCase() === b.toLowerCase(),
  empty: "ACCOUNT_ALLOWLIST_EMPTY_ENTRY",
  invalid: "ACCOUNT_ALLOWLIST_INVALID_ENTRY",
  duplicated: "ACCOUNT_ALLOWLIST_DUPLICATED_ENTRY",
  existing: "ACCOUNT_ALLOWLIST_EXISTING_ENTRY",
  absent: "ACCOUNT_ALLOWLIST_ABSENT_ENTRY",
};

function isSameNode(a: string, b: string): boolean {
  const [one, other] = [readEnode(a), readEnode(b)];
  return one !== undefined && other !== undefined && isSameEnode(one, other);
}

function check(asked: readonly string[], words: Words): void {
  if (asked.length === 0) throw new RpcRefusal(words.empty);
  if (!asked.every(words.isValid)) throw new RpcRefusal(words.invalid);
  const isTwice = asked.some((entry, at) => asked.slice(at + 1).some((other) => words.isSame(entry, other)));
  if (isTwice) throw new RpcRefusal(words.duplicated);
}

/** All or nothing: one entry that is there already refuses the whole request. */
function add(list: AllowList<string>, asked: readonly string[], words: Words): string {
  check(asked, words);
  if (asked.some((entry) => list.all().some((there) => words.isSame(entry, there))))
    throw new RpcRefusal(words.existing);
  list.add(asked);
  return "Success";
}

function remove(list: AllowList<string>, asked: readonly string[], words: Words): string {
  check(asked, words);
  const found = asked.map((entry) => list.all().find((there) => words.isSame(entry, there)));
  const there = found.filter((entry) => entry !== undefined);
  if (there.length < asked.length) throw new RpcRefusal(words.absent);
  list.remove(there);
  return "Success";
}
