/** The chain of one stand-in: its blocks, who may seal the next one, and the EVM that holds their effects. */
import { AbiCoder, SigningKey, computeAddress } from "ethers";
import { digestOf, quorumOf } from "./block.ts";
import type { BlockRecord, Proposal } from "./block.ts";
import type { BlockStore } from "./block-store.ts";
import type { EvmClient } from "./evm.ts";
import { forkAt } from "./genesis-file.ts";
import type { Genesis } from "./genesis-file.ts";
import { VoteTally } from "./vote-tally.ts";

/** A block that this node must not take; the message is the reason. */
export class InvalidBlock extends Error {}

const GET_VALIDATORS = "0xb7ab4db5";

export class Chain {
  readonly genesis: Genesis;
  readonly evm: EvmClient;
  readonly tally: VoteTally;
  readonly #store: BlockStore;
  readonly #nowMs: () => number;
  /** Block 1 is the first. */
  readonly #records: BlockRecord[] = [];
  /** By number of the block they may seal. */
  readonly #sealers: (readonly string[])[] = [];
  #broken: Error | undefined;
  /** Why nobody may seal the next block, in contract mode. */
  contractFailure: string | undefined;
  #heard: ((record: BlockRecord) => void)[] = [];

  constructor(genesis: Genesis, evm: EvmClient, store: BlockStore, nowMs: () => number) {
    this.genesis = genesis;
    this.evm = evm;
    this.#store = store;
    this.#nowMs = nowMs;
    this.tally = new VoteTally(forkAt(genesis, 0).validators ?? [], genesis.epochLength);
  }

  /** Executes what the data path holds. */
  async open(): Promise<void> {
    this.#sealers[0] = this.tally.validators;
    await this.#findNextSealers();
    for (const record of this.#store.read()) await this.#execute(record, true);
  }

  get head(): number {
    return this.#records.length;
  }

  get headHash(): string {
    return this.#records.at(-1)?.hash ?? this.genesis.hash;
  }

  get headTimestamp(): number {
    return this.#records.at(-1)?.timestamp ?? Number(this.genesis.header.timestamp);
  }

  /** Undefined for block 0 and beyond the head. */
  record(number: number): BlockRecord | undefined {
    return this.#records[number - 1];
  }

  /** Those who may seal that block; known up to the one after the head. */
  sealersOf(number: number): readonly string[] {
    return this.#sealers[number] ?? [];
  }

  onBlock(listener: (record: BlockRecord) => void): void {
    this.#heard = [...this.#heard, listener];
  }

  /** What must hold before a validator agrees to it; throws `InvalidBlock`. */
  checkProposal(proposal: Proposal): void {
    const { number, parentHash, timestamp } = proposal;
    if (number !== this.head + 1) throw new InvalidBlock(`block ${number} does not follow ${this.head}`);
    if (parentHash !== this.headHash)
      throw new InvalidBlock(`parent ${parentHash} is not this node's head ${this.headHash}`);
    const nowSeconds = Math.floor(this.#nowMs() / 1_000);
    if (timestamp > nowSeconds + 1)
      throw new InvalidBlock(
        `Invalid block header: timestamp ${timestamp} is greater than the timestamp margin ${nowSeconds + 1}`,
      );
    const earliest = this.headTimestamp + this.periodMs / 1_000;
    if (this.head > 0 && timestamp < earliest)
      throw new InvalidBlock(`Invalid block header: timestamp ${timestamp} is less than ${earliest}`);
    const sealers = this.sealersOf(number);
    if (!sealers.includes(proposal.proposer)) throw new InvalidBlock(`${proposal.proposer} is no validator`);
    const written = this.isContractMode(number) ? [] : sealers;
    if (proposal.validators.join() !== written.join()) throw new InvalidBlock("Incorrect validators");
  }

  /** Takes a block that a quorum sealed. One made here just now has no hash yet. */
  async import(record: BlockRecord): Promise<void> {
    this.checkProposal(record);
    const sealers = this.sealersOf(record.number);
    const digest = digestOf(record);
    const signers = new Set(
      record.seals.map((seal) => computeAddress(SigningKey.recoverPublicKey(digest, seal)).toLowerCase()),
    );
    const valid = [...signers].filter((signer) => sealers.includes(signer)).length;
    if (valid < quorumOf(sealers.length))
      throw new InvalidBlock(
        `Insufficient committers to seal block. (Required ${quorumOf(sealers.length)}, received ${valid})`,
      );
    await this.#execute(record);
  }

  isContractMode(number: number): boolean {
    return forkAt(this.genesis, number).mode === "contract";
  }

  /** Of the next block. */
  get periodMs(): number {
    return forkAt(this.genesis, this.head + 1).periodMs;
  }

  async #execute(record: BlockRecord, isReplay = false): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    if (!isReplay) this.#store.assertWritable();
    await this.evm.get("anvil_setCoinbase", [record.proposer]);
    for (const bytes of record.transactions) await this.evm.ask("eth_sendRawTransaction", [bytes]);
    await this.evm.get("evm_mine", [record.timestamp]);
    const { hash } = await this.evm.get<{ hash: string }>("eth_getBlockByNumber", ["latest", false]);
    // What did not fit waits in the pools again, the same at every node.
    if (record.transactions.length > 0) await this.evm.get("anvil_dropAllTransactions");
    if (record.hash !== "" && hash !== record.hash) {
      this.#broken = new Error(
        `World State Root does not match: block ${record.number} is ${hash}, not ${record.hash}`,
      );
      throw this.#broken;
    }
    const kept: BlockRecord = { ...record, hash };
    if (!isReplay) this.#store.append(kept);
    this.#records.push(kept);
    if (!this.isContractMode(record.number)) this.tally.count(record);
    await this.#findNextSealers();
    if (!isReplay) for (const listener of this.#heard) listener(kept);
  }

  async #findNextSealers(): Promise<void> {
    const next = this.head + 1;
    const fork = forkAt(this.genesis, next);
    if (fork.block === next && fork.mode === "blockheader" && fork.validators !== undefined)
      this.tally.reset(fork.validators);
    this.#sealers[next] =
      fork.mode === "contract" ? await this.#askContract(fork.contract ?? "") : this.tally.validators;
  }

  /** As Besu asks: on the state of the block before. An answer that can not be read leaves nobody who may seal. */
  async #askContract(contract: string): Promise<readonly string[]> {
    const answer = await this.evm.ask("eth_call", [{ to: contract, data: GET_VALIDATORS }, "latest"]);
    try {
      if (!answer.ok) throw new Error(answer.error.message);
      const [list] = AbiCoder.defaultAbiCoder().decode(["address[]"], String(answer.result));
      this.contractFailure = undefined;
      return (list as string[]).map((address) => address.toLowerCase()).sort();
    } catch (error) {
      this.contractFailure = `Failed validator smart contract call: ${(error as Error).message}`;
      return [];
    }
  }
}
