import { expect } from "chai";
import { AbiCoder, id, zeroPadValue } from "ethers";
import type { ChainLog } from "../../src/chain/client.ts";
import {
  accessManager,
  alliance,
  council,
  lottery,
  nodeDirectory,
  nodeRewards,
  ruleBooks,
} from "../../src/chain/contracts.ts";
import { readActions, readSaid } from "../../src/kernel/actions.ts";
import { createLogDecoder } from "../../src/chain/decode-logs.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import { CONTRACT_NAMES } from "../../src/chain/deployment.ts";
import type { Address, Hex32, HexData } from "../../src/kernel/ids.ts";

const address = (digits: string): Address => `0x${digits.repeat(40 / digits.length)}` as Address;
/** The tests' own addresses are made of letters. */
const contracts = Object.fromEntries(CONTRACT_NAMES.map((name, k) => [name, address(`${k + 10}`)]));
const deployment = { chainId: 1, genesisHash: "0x", deployedAtBlock: 1, contracts } as unknown as Deployment;
const token = address("a");
const registry = deployment.contracts.merchantRegistry;

const word = (text: string): Hex32 => zeroPadValue(text, 32).toLowerCase() as Hex32;
const encode = (types: string[], values: unknown[]): HexData =>
  AbiCoder.defaultAbiCoder().encode(types, values) as HexData;

function log(from: Address, topics: string[], data: HexData = "0x" as HexData): ChainLog {
  const hash = word("0x01");
  return {
    blockNumber: 7,
    blockHash: hash,
    transactionHash: hash,
    transactionIndex: 2,
    logIndex: 3,
    address: from,
    topics: topics as Hex32[],
    data,
  };
}

const transfer = (from: Address): ChainLog =>
  log(
    from,
    [id("Transfer(address,address,uint256)"), word(address("b")), word(address("c"))],
    encode(["uint256"], [12_345n]),
  );
const place = { blockNumber: 7, transactionHash: word("0x01"), transactionIndex: 2, logIndex: 3 };

describe("chain/decode-logs", () => {
  it("decodes a transfer of a known token", () => {
    expect(createLogDecoder(deployment, [token]).decode([transfer(token)])).to.deep.equal([
      { type: "point.Transfer", ...place, address: token, from: address("b"), to: address("c"), value: 12_345n },
    ]);
  });

  it("passes over strangers, unknown events and allowances", () => {
    const approval = id("Approval(address,address,uint256)");
    const logs = [transfer(address("d")), log(token, [id("Other()")]), log(token, [approval]), log(token, [])];
    expect(createLogDecoder(deployment, [token]).decode(logs)).to.deep.equal([]);
  });

  it("knows a token from the approval that announces it", () => {
    const approved = log(registry, [id("MerchantApproved(uint256,address)"), word("0x05"), word(token)]);
    const events = createLogDecoder(deployment, []).decode([transfer(token), approved, transfer(token)]);
    expect(events.map((event) => event.type)).to.deep.equal(["registry.MerchantApproved", "point.Transfer"]);
    expect(events[0]).to.include({ merchantId: 5n, token });
  });

  it("reads enums as numbers, texts as texts and lots as their packed word", () => {
    const applied = log(
      registry,
      [id("MerchantApplied(uint256,address,string)"), word("0x05"), word(address("e"))],
      encode(["string"], ["乡村基"]),
    );
    const held = log(
      token,
      [id("Held(address,bytes32,uint8,uint256,uint64)"), word(address("b")), word("0x77")],
      encode(["uint8", "uint256", "uint64"], [2, 50n, 99n]),
    );
    const released = log(
      token,
      [id("Released(address,bytes32,uint256)"), word(address("b")), word("0x77")],
      encode(["uint256"], [1n << 224n]),
    );
    const halted = log(token, [id("IssueHaltSet(bool)")], encode(["bool"], [true]));
    const events = createLogDecoder(deployment, [token]).decode([applied, held, released, halted]);
    expect(events[0]).to.include({ legalName: "乡村基", controller: address("e") });
    expect(events[1]).to.include({ kind: 2, points: 50n, releaseAt: 99n, ref: word("0x77") });
    expect(events[2]).to.include({ lots: 1n << 224n });
    expect(events[3]).to.include({ halted: true });
  });

  it("reads a proposal with its calls, addresses and bytes in lower case", () => {
    const { council: at } = deployment.contracts;
    const args = [3n, address("B"), [address("C")], [0n], [""], ["0xABCD"], 10n, 20n, "招募第五家"] as const;
    const { topics, data } = council.encodeEventLog("ProposalCreated", [...args]);
    const [event] = createLogDecoder(deployment, []).decode([log(at, topics, data as HexData)]);
    expect(event).to.deep.include({
      type: "council.ProposalCreated",
      proposalId: 3n,
      proposer: address("b"),
      targets: [address("c")],
      calldatas: ["0xabcd"],
      voteEnd: 20n,
      description: "招募第五家",
    });
  });

  it("keeps the block that a node attested apart from the block of the event", () => {
    const { topics, data } = nodeRewards.encodeEventLog("Attested", [1n, 4n, 2n, 3n, 6n]);
    const attested = log(deployment.contracts.nodeRewards, topics, data as HexData);
    const [event] = createLogDecoder(deployment, []).decode([attested]);
    expect(event).to.include({ memberId: 1n, epoch: 4n, count: 3n, attestedBlock: 6n, blockNumber: 7 });
  });

  it("reads where a node is reached, and the floor that the council sets", () => {
    const [key, host] = ["0x" + "ab".repeat(64), "0xc0000201"];
    const said = nodeDirectory.encodeEventLog("NodeAnnounced", [address("b"), key, host, 30_303n]);
    const floor = alliance.encodeEventLog("ValidatorFloorChanged", [4n, 3n]);
    const { nodeDirectory: directory, alliance: members } = deployment.contracts;
    const events = createLogDecoder(deployment, []).decode([
      log(directory, said.topics, said.data as HexData),
      log(members, floor.topics, floor.data as HexData),
    ]);
    const announced = { type: "nodes.NodeAnnounced", node: address("b"), publicKey: key, host, port: 30_303n };
    expect(events[0]).to.deep.include(announced);
    expect(events[1]).to.deep.include({ type: "alliance.ValidatorFloorChanged", from: 4n, to: 3n });
  });

  it("reads the terms and prizes of a draw as they were published", () => {
    const [token, merchant, other] = [address("a"), address("b"), address("c")];
    const hashes = { commitment: "0x" + "12".repeat(32), termsHash: "0x" + "34".repeat(32) };
    const counts = { ticketPoints: 5n, ticketsMax: 100n, accountMax: 3n };
    const times = { salesEnd: 10n, revealEnd: 20n, releaseAt: 30n, claimEnd: 40n };
    const terms = { token, ...counts, ...times, ...hashes };
    const tiers = [{ token: other, points: 7n, epoch: 2n, count: 1n }];
    const said = lottery.encodeEventLog("DrawAnnounced", [9n, token, merchant, terms, tiers]);
    const drawn = lottery.encodeEventLog("DrawDrawn", [9n, hashes.termsHash, [3n, 1n]]);
    const at = deployment.contracts.lottery;
    const events = createLogDecoder(deployment, []).decode([
      log(at, said.topics, said.data as HexData),
      log(at, drawn.topics, drawn.data as HexData),
    ]);
    expect(events[0]).to.deep.include({ type: "lottery.DrawAnnounced", drawId: 9n, token, merchant, terms, tiers });
    expect(events[1]).to.deep.include({ type: "lottery.DrawDrawn", numbers: [3n, 1n] });
  });

  it("reads which rules a merchant published, and tells of it", () => {
    const rulesHash = "0x" + "56".repeat(32);
    const { topics, data } = ruleBooks.encodeEventLog("RulesPublished", [3n, 2n, rulesHash, ""]);
    const events = createLogDecoder(deployment, []).decode([
      log(deployment.contracts.ruleBooks, topics, data as HexData),
    ]);
    expect(events[0]).to.deep.include({
      type: "rules.RulesPublished",
      merchantId: 3n,
      version: 2n,
      rulesHash,
      uri: "",
    });
    const [action] = readActions(readSaid(events, new Map()));
    expect(action).to.deep.include({ action: "publishRules", merchantId: "3", version: "2", rulesHash });
  });

  it("reads selectors as four bytes", () => {
    const target = address("d");
    const { topics, data } = accessManager.encodeEventLog("TargetFunctionRoleUpdated", [target, "0x12345678", 9n]);
    const updated = log(deployment.contracts.accessManager, topics, data as HexData);
    expect(createLogDecoder(deployment, []).decode([updated])[0]).to.include({ selector: "0x12345678", roleId: 9n });
  });

  it("says what is wrong with a log that is cut short", () => {
    const cut = { ...transfer(token), data: "0x1234" as HexData };
    expect(() => createLogDecoder(deployment, [token]).decode([cut])).to.throw("has 4 hex digits instead of 64");
  });
});
