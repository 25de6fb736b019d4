/** A council of four with delays on a ledger of its own: every step of a proposal, time that passes, and refusals. */
import { expect } from "chai";
import { ContractFactory, Wallet } from "ethers";
import { readFile } from "node:fs/promises";
import { council } from "../../src/chain/contracts.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import type { Answered } from "./api.ts";
import { keyFor } from "./api.ts";
import type { CouncilStage, Newcomer } from "./council.ts";
import { newcomer, openCouncil } from "./council.ts";
import { startLedger } from "./ledger.ts";

export const ROUTINE = 60;
export const DANGEROUS = 600;
export const VOTING = 86_400;
const DELAYS = {
  routineDelaySeconds: BigInt(ROUTINE),
  dangerousDelaySeconds: BigInt(DANGEROUS),
  votingPeriodSeconds: BigInt(VOTING),
};

interface Ballot {
  readonly voter: Address;
  readonly support: string;
  readonly signature: string;
}

interface TypedBallot {
  readonly domain: object;
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly message: Record<string, unknown>;
}

export const at = (id: number, step: string): string => `/v1/council/proposals/${id}/${step}`;
export const inflation = (bps: number) => ({ action: "set-inflation", bps });

export class DelayedCouncil {
  readonly ledger: Awaited<ReturnType<typeof startLedger>>;
  readonly stage: CouncilStage;
  /** Members 2, 3 and 4 to be; the gateway keeps the keys of the first two, a contract represents the fourth. */
  readonly joined: readonly [Newcomer, Newcomer, Newcomer];
  /** Their API keys. */
  readonly keys: readonly [string, string, string];
  readonly contractVoter: Address;
  #proposals = 0;

  private constructor(parts: Pick<DelayedCouncil, "ledger" | "stage" | "joined" | "keys" | "contractVoter">) {
    this.ledger = parts.ledger;
    this.stage = parts.stage;
    this.joined = parts.joined;
    this.keys = parts.keys;
    this.contractVoter = parts.contractVoter;
  }

  static async open(): Promise<DelayedCouncil> {
    const ledger = await startLedger(DELAYS);
    const stage = await openCouncil(ledger, "delayed-council");
    const joined = [newcomer("Second"), newcomer("Third"), newcomer("Fourth")] as const;
    const { signers } = stage.rooms;
    for (const [index, { wallet }] of joined.slice(0, 2).entries())
      await signers.importKey(wallet.privateKey, { purpose: "representative", memberId: index + 2 });
    const keyOf = (memberId: number): Promise<string> => keyFor(stage.rooms, "member", { memberId });
    const keys = [await keyOf(2), await keyOf(3), await keyOf(4)] as const;
    const contractVoter = await deployWallet(ledger.provider, joined[2].wallet.address);
    return new DelayedCouncil({ ledger, stage, joined, keys, contractVoter });
  }

  async close(): Promise<void> {
    await this.stage.stop();
    await this.ledger.stop();
  }

  /** Lets time pass on the chain: that of all clocks that the contracts know. */
  async pass(seconds: number): Promise<void> {
    await this.ledger.provider.send("evm_increaseTime", [seconds]);
    await this.ledger.provider.send("evm_mine", []);
  }

  vote(id: number, key: string, support = "for"): Promise<Answered> {
    return this.stage.post(at(id, "votes"), key, { support });
  }

  /** Votes of the founder and of the members whose keys are here, as many as asked. */
  async votes(id: number, count: number): Promise<void> {
    for (const key of [this.stage.founder, this.keys[0], this.keys[1]].slice(0, count)) {
      const { body } = await this.vote(id, key);
      expect(body.state, JSON.stringify(body)).to.equal("confirmed");
    }
  }

  async step(id: number, name: "queue" | "execute"): Promise<void> {
    const { body } = await this.stage.post(at(id, name), this.stage.anybody);
    expect(body.state, JSON.stringify(body)).to.equal("confirmed");
  }

  /** Proposes by the founder, without its vote. */
  async propose(actions: object[]): Promise<number> {
    this.#proposals += 1;
    const asked = { actions, description: `Motion ${this.#proposals}` };
    const { body } = await this.stage.post("/v1/council/proposals", this.stage.founder, asked);
    expect(body.proposal?.state, JSON.stringify(body)).to.equal("confirmed");
    return body.proposal.proposalId as number;
  }

  /** From the motion to its effect. */
  async decide(actions: object[], delay: number): Promise<number> {
    const id = await this.propose(actions);
    await this.votes(id, await this.threshold());
    await this.step(id, "queue");
    await this.pass(delay);
    await this.step(id, "execute");
    return id;
  }

  threshold(): Promise<number> {
    return this.#ask("threshold");
  }

  async #ask(method: "threshold" | "latestProposalId"): Promise<number> {
    const data = council.encodeFunctionData(method as "threshold");
    return Number(BigInt(await this.ledger.provider.call({ to: this.ledger.deployment.contracts.council, data })));
  }

  /** Refused by name; nothing stored, and no proposal made. */
  async refused(ask: () => Promise<Answered>, status: number, name: string): Promise<Answered["body"]> {
    const before = await this.#counts();
    const { status: found, body } = await ask();
    const error = body.code === name ? name : body.facts?.error;
    expect([found, error], JSON.stringify(body)).to.deep.equal([status, name]);
    expect(body.detail)
      .to.be.a("string")
      .and.not.match(/\{\w+\}/);
    expect(body.detailZh)
      .to.match(/[\u4e00-\u9fff]/)
      .and.not.match(/\{\w+\}/);
    expect(await this.#counts()).to.deep.equal(before);
    return body;
  }

  async #counts(): Promise<number[]> {
    const commands = await this.stage.rooms.db.selectFrom("command").select("id").execute();
    return [commands.length, await this.#ask("latestProposalId")];
  }

  /** A ballot for it, signed off-line; `changes` are of the domain it is signed for. */
  async ballot(
    id: number,
    { address, privateKey }: { address: Address; privateKey: HexData },
    changes: object = {},
  ): Promise<Ballot> {
    const { body } = await this.stage.api.ask("GET", `${at(id, "ballot")}?support=for&voter=${address}`);
    const { domain, types, message } = body as TypedBallot;
    const signature = await new Wallet(privateKey).signTypedData({ ...domain, ...changes }, types, message);
    return { voter: address, support: "for", signature };
  }
}

/** A contract that answers for its owner's signatures (ERC-1271). */
async function deployWallet(provider: Parameters<typeof Wallet.createRandom>[0], owner: Address): Promise<Address> {
  const path = new URL("../../../artifacts/contracts/mocks/Erc1271Wallet.sol/Erc1271Wallet.json", import.meta.url);
  const { abi, bytecode } = JSON.parse(await readFile(path, "utf8")) as { abi: object[]; bytecode: string };
  const contract = await new ContractFactory(abi, bytecode, Wallet.createRandom(provider)).deploy(owner, {
    gasPrice: 0,
    type: 0,
  });
  await contract.waitForDeployment();
  return parseAddress(await contract.getAddress());
}
