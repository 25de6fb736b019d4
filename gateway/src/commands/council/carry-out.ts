/** From the vote to its effect: queueing and executing are anybody's, the veto is the regulator's. */
import { callOf, council } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS, parseAddress } from "../../kernel/ids.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { waitForChainTime } from "../chain-time.ts";
import { ownKey, relayerFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { representativeKey } from "./as-member.ts";
import { askCouncil, findProposal } from "./read-council.ts";

type Step = "queue" | "execute";

function encodeStep(step: Step, id: bigint): string {
  return step === "queue"
    ? council.encodeFunctionData("queue(uint256)", [id])
    : council.encodeFunctionData("execute(uint256)", [id]);
}

/** The delay begins; then, when it is over, the effect. A delay that is as good as over is waited for. */
export function carryOut(rooms: Rooms, asked: Asked, { id, step }: { id: bigint; step: Step }): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { eta } = await findProposal(rooms, id);
    if (step === "execute" && eta > 0) await waitForChainTime(rooms, eta);
    const call = callOf(rooms.deployment.contracts.council, encodeStep(step, id));
    // One relayer for all of it, so that queueing and executing keep their order.
    const signer = await relayerFor(rooms, ZERO_ADDRESS);
    return { kind: `council.${step}`, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

/** The regulator's veto until execution; the proposer may while nobody can vote yet. */
export function cancelProposal(rooms: Rooms, asked: Asked, id: bigint): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    await findProposal(rooms, id);
    const signer = await cancellerKey(rooms, asked);
    const call = callOf(rooms.deployment.contracts.council, council.encodeFunctionData("cancel(uint256)", [id]));
    return { kind: "council.cancel", calls: [call], signer, trial: { ...call, from: signer } };
  });
}

async function cancellerKey(rooms: Rooms, { caller }: Asked): Promise<Address> {
  if (caller.role === "member") return representativeKey(rooms, caller);
  const [guardian] = await askCouncil<[string]>(rooms, "proposalGuardian", []);
  return ownKey(rooms, "regulator", parseAddress(guardian));
}
