/** One request or a batch → answers, for the groups that are switched on. */
import { adminMethods, txpoolMethods } from "./admin-methods.ts";
import type { Backend } from "./backend.ts";
import { ethMethods } from "./eth-methods.ts";
import type { Method } from "./eth-methods.ts";
import { permMethods } from "./perm-methods.ts";
import { qbftMethods } from "./qbft-methods.ts";
import { RpcRefusal } from "./rpc-errors.ts";

export interface Request {
  readonly jsonrpc?: unknown;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}

export type Dispatch = (request: Request) => Promise<object>;

/** Method names start with their group's name in lower case. */
export function dispatcher(backend: Backend, groups: readonly string[]): Dispatch {
  const all: Record<string, Method> = {
    ...ethMethods(backend),
    ...qbftMethods(backend),
    ...permMethods(backend),
    ...adminMethods(backend),
    ...txpoolMethods(backend),
    rpc_modules: () => Object.fromEntries(groups.map((group) => [group.toLowerCase(), "1.0"])),
  };
  const open = new Set([...groups.map((group) => group.toLowerCase()), "rpc"]);
  return async ({ id, method, params }) => {
    const head = { jsonrpc: "2.0", id: id ?? null };
    try {
      if (typeof method !== "string") throw new RpcRefusal("INVALID_REQUEST");
      const run = all[method];
      const group = method.split("_")[0] ?? "";
      // A method of a known group that is off, and one of debug_ or trace_, which the stand-in has not.
      if (run === undefined && !/^(debug|trace|miner|plugins)_/.test(method)) throw new RpcRefusal("METHOD_NOT_FOUND");
      if (run === undefined || !open.has(group)) throw new RpcRefusal("METHOD_NOT_ENABLED");
      if (params !== undefined && !Array.isArray(params)) throw new RpcRefusal("INVALID_PARAMS");
      return { ...head, result: await run((params as unknown[] | undefined) ?? []) };
    } catch (error) {
      const refusal = error instanceof RpcRefusal ? error : new RpcRefusal("INTERNAL_ERROR");
      return { ...head, error: refusal.json };
    }
  };
}
