/** What the agent asks the alliance about nodes, all at one block, from its own node. */
import type { ChainClient } from "../../../gateway/src/chain/client.ts";
import { alliance as allianceAbi, nodeDirectory as directoryAbi } from "../../../gateway/src/chain/contracts.ts";
import { readContract } from "../../../gateway/src/chain/read-contracts.ts";
import { parseAddress } from "../../../gateway/src/kernel/ids.ts";
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { enodeOf } from "./endpoint.ts";
import type { Endpoint } from "./endpoint.ts";

export interface FollowedContracts {
  readonly alliance: Address;
  readonly nodeDirectory: Address;
}

export interface MemberNode {
  readonly address: Address;
  readonly enode: string | undefined;
}

export interface Wishes {
  /** Validators as the alliance wants them. */
  readonly wanted: ReadonlySet<Address>;
  readonly floor: number;
}

export interface AllianceSeen extends Wishes {
  /** Nodes of active and suspended members. */
  readonly members: readonly MemberNode[];
}

const LEFT = 3n;

export class AllianceView {
  readonly #chain: ChainClient;
  readonly #at: FollowedContracts;
  /** Once taken, always taken. */
  readonly #taken = new Set<Address>();

  constructor(chain: ChainClient, contracts: FollowedContracts) {
    this.#chain = chain;
    this.#at = contracts;
  }

  /** Undefined when the contracts are not there yet: the node is catching up. */
  async look(block: number): Promise<AllianceSeen | undefined> {
    if ((await this.#chain.codeOf(this.#at.alliance)) === "0x") return undefined;
    return { ...(await this.wishes(block)), members: await this.#membersAt(block) };
  }

  async wishes(block: number): Promise<Wishes> {
    const [wanted] = await this.#read("getValidators", [], block);
    const [floor] = await this.#read("validatorFloor", [], block);
    const nodes = (wanted as string[]).map((node) => parseAddress(node));
    return { wanted: new Set(nodes), floor: Number(floor as bigint) };
  }

  /** Those of the addresses that serve or ever served a member. */
  async takenOf(addresses: Iterable<Address>, block: number): Promise<ReadonlySet<Address>> {
    const taken = new Set<Address>();
    for (const address of addresses) {
      if (!this.#taken.has(address)) {
        const [is] = await this.#read("isTaken", [address], block);
        if (is === true) this.#taken.add(address);
      }
      if (this.#taken.has(address)) taken.add(address);
    }
    return taken;
  }

  async #membersAt(block: number): Promise<MemberNode[]> {
    const [count] = await this.#read("memberCount", [], block);
    const members: MemberNode[] = [];
    for (let id = 1n; id <= (count as bigint); id += 1n) {
      const [member] = await this.#read("memberOf", [id], block);
      const { status, node } = member as { status: bigint; node: string };
      if (status === LEFT) continue;
      const address = parseAddress(node);
      members.push({ address, enode: await this.#endpointOf(address, block) });
    }
    return members;
  }

  async #endpointOf(node: Address, block: number): Promise<string | undefined> {
    const at = { abi: directoryAbi, address: this.#at.nodeDirectory };
    const [endpoint] = await readContract(this.#chain, { ...at, method: "endpointOf", args: [node], block });
    return enodeOf(endpoint as Endpoint);
  }

  #read(method: string, args: readonly unknown[], block: number) {
    return readContract(this.#chain, { abi: allianceAbi, address: this.#at.alliance, method, args, block });
  }
}
