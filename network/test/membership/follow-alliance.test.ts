import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { alliance as allianceAbi, genesisValidators } from "../../../gateway/src/chain/contracts.ts";
import { connectChain } from "../../../gateway/src/chain/json-rpc.ts";
import { readContract } from "../../../gateway/src/chain/read-contracts.ts";
import { wallClock } from "../../../gateway/src/kernel/clock.ts";
import type { TestLedger } from "../../../gateway/test/support/ledger.ts";
import { startLedger } from "../../../gateway/test/support/ledger.ts";
import { callRpc } from "../../../scripts/chain/rpc.ts";
import { seededNodeKey } from "../../besu/enode.ts";
import { writeKeyFile } from "../../files/key-file.ts";
import { networkNode } from "../../files/make-network.ts";
import { validatorContractAccount, VALIDATOR_CONTRACT } from "../../genesis/validator-contract.ts";
import { followAlliance } from "../../membership/follow-alliance.ts";
import type { Ledger } from "../../membership/ledger.ts";
import { networkFolder } from "../../plan/folder.ts";
import { NetworkError } from "../../plan/network-error.ts";
import type { NetworkFile } from "../../plan/plan.ts";
import { paperInvitation, walletOf } from "../support/papers.ts";

const KEYS = ["one", "two", "three"].map((name) => seededNodeKey(`genesis validator ${name}`));

describe("following the alliance in contract mode", function () {
  this.timeout(120_000);

  let chain: TestLedger & { stop(): Promise<void> };
  let ledger: Ledger;
  let network: NetworkFile;
  const said: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), "membership-"));
  const folder = networkFolder(directory);

  before(async () => {
    chain = await startLedger({ founderNode: KEYS[0]!.address });
    const { code, storage } = validatorContractAccount(KEYS.map(({ address }) => address));
    await callRpc(chain.url, "anvil_setCode", [VALIDATOR_CONTRACT, code]);
    for (const [slot, value] of Object.entries(storage))
      await callRpc(chain.url, "anvil_setStorageAt", [VALIDATOR_CONTRACT, padded(slot), padded(value)]);
    const paper = paperInvitation().network;
    const [plan] = paper.nodes;
    network = {
      ...paper,
      chain: { ...paper.chain, validatorSelection: "contract" },
      nodes: KEYS.map(({ publicKey }, index) => networkNode({ ...plan!, id: `node-${index + 1}` }, publicKey)),
    };
    ledger = {
      ...{ chain: connectChain(chain.url), deployment: chain.deployment, clock: wallClock, folder },
      ...{ say: (line: string) => void said.push(line), patienceSeconds: 30 },
    };
  });
  after(async () => {
    await chain.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const padded = (hex: string): string => `0x${hex.replace(/^0x/, "").padStart(64, "0")}`;
  const followed = async (): Promise<string> => {
    const read = { abi: genesisValidators, address: VALIDATOR_CONTRACT };
    return String((await readContract(ledger.chain, { ...read, method: "alliance" }))[0]).toLowerCase();
  };
  const refusal = async (): Promise<NetworkError> => {
    const outcome: unknown = await followAlliance(ledger, network).catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(NetworkError);
    return outcome as NetworkError;
  };

  it("is refused by the contract while the alliance lacks a quorum of the genesis", async () => {
    for (const index of [0, 1]) writeKeyFile(folder.node(`node-${index + 1}`).key, KEYS[index]!);
    const { code, message } = await refusal();
    expect(code).to.equal("network");
    expect(message).to.contain("GenesisValidatorsListInvalid");
    expect(BigInt(await followed())).to.equal(0n);
  });

  it("needs two thirds of the validators, says how many there are, and is done once", async () => {
    for (const [index, { address }] of KEYS.slice(1).entries()) {
      const args = [
        `Member ${index}`,
        "data:,",
        `0x${"11".repeat(32)}`,
        walletOf(`member ${index}`).address,
        address,
      ] as const;
      await chain.asCouncil(chain.deployment.contracts.alliance, allianceAbi.encodeFunctionData("admit", [...args]));
    }
    rmSync(folder.node("node-2").path, { recursive: true });
    expect((await refusal()).message).to.contain("1 of the 2 validators needed");

    writeKeyFile(folder.node("node-2").key, KEYS[1]!);
    said.length = 0;
    await followAlliance(ledger, network);
    expect(said[0]).to.match(/^node-2 named the alliance/);
    expect(await followed()).to.equal(chain.deployment.contracts.alliance);

    said.length = 0;
    await followAlliance(ledger, network);
    expect(said).to.have.length(1);
    expect(said[0]).to.contain("the validators are those of the alliance");
  });

  it("is not for networks that vote in block headers", async () => {
    const { chain: plan } = network;
    network = { ...network, chain: { ...plan, validatorSelection: "blockheader" } };
    expect((await refusal()).code).to.equal("input");
  });
});
