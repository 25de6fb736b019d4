/**
 * One transaction at a time. Ignition (3.1.9) sends a batch of independent transactions at once, and loses count of the
 * nonces when it is killed after it has seen a later one confirmed and an earlier one not: the next run then refuses to
 * go on (4 of 8 kills). In sequence there is never more than one in flight; it costs about 4 s on the local chain.
 */
import type { ArgumentType, Future, IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";

export function inSequence(m: IgnitionModuleBuilder) {
  let before: Future[] = [];
  const next = <F extends Future>(future: F): F => {
    before = [future];
    return future;
  };
  return {
    contract: <Name extends string>(name: Name, args: ArgumentType[]) =>
      next(m.contract(name, args, { after: before })),
    call: (contract: Parameters<typeof m.call>[0], name: string, args: ArgumentType[], id: string) =>
      next(m.call(contract, name, args, { id, after: before })),
  };
}
