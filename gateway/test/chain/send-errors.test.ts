import { expect } from "chai";
import { classifySendError, isSenderRefused } from "../../src/chain/send-errors.ts";
import type { SendOutcome } from "../../src/chain/client.ts";

/** What the clients say, word for word. */
const TEXTS: readonly (readonly [client: string, kind: SendOutcome["kind"], text: string])[] = [
  ["anvil", "nonceUsed", "nonce too low"],
  ["anvil", "known", "transaction already imported"],
  ["anvil", "refused", "Failed to decode transaction"],
  ["anvil", "unknown", "replacement transaction underpriced"],
  ["Hardhat", "nonceUsed", "Nonce too low. Expected nonce to be 3 but got 1."],
  [
    "Hardhat",
    "nonceGap",
    "Nonce too high. Expected nonce to be 0 but got 5. Note that transactions can't be queued when automining.",
  ],
  ["Hardhat", "known", "Known transaction: 0xabc"],
  ["Besu", "nonceUsed", "Nonce too low"],
  ["Besu", "nonceGap", "Nonce too high"],
  ["Besu", "known", "Known transaction"],
  ["Besu", "nonceGap", "Transaction nonce is too distant from current sender nonce"],
  ["Besu", "nonceGap", "An invalid transaction with a lower nonce exists"],
  ["Besu", "refused", "Sender account not authorized to send transactions"],
  ["Besu", "refused", "Intrinsic gas exceeds gas limit"],
  ["Besu", "refused", "Invalid signature"],
  ["Besu", "refused", "Invalid params"],
  ["Besu", "refused", "Invalid transaction type"],
  ["Besu", "refused", "Transaction gas limit exceeds block gas limit"],
  ["Besu", "refused", "Transaction gas limit cap exceeded"],
  ["Besu", "refused", "Wrong chainId"],
  ["Besu", "refused", "ChainId not supported"],
  ["Besu", "unknown", "Gas price below configured minimum gas price"],
  ["Besu", "unknown", "Internal error"],
  ["Besu", "unknown", "Upfront cost exceeds account balance"],
  ["Besu", "unknown", "Initial sync is still in progress"],
  ["geth", "nonceUsed", "nonce too low: next nonce 7, tx nonce 3"],
  ["geth", "known", "already known"],
  ["geth", "refused", "exceeds block gas limit"],
  ["geth", "refused", "invalid sender"],
  ["geth", "unknown", "txpool is full"],
  ["geth", "unknown", "replacement transaction underpriced"],
  ["some proxy", "unknown", "upstream connect error or disconnect/reset before headers"],
];

describe("classifySendError", () => {
  for (const [client, kind, text] of TEXTS)
    it(`${client}: "${text}" means ${kind}`, () => {
      expect(classifySendError(text).kind).to.equal(kind);
    });

  it("keeps the node's words where somebody must read them", () => {
    expect(classifySendError("strange new words")).to.deep.equal({ kind: "unknown", message: "strange new words" });
  });

  it("tells a key that the network does not admit from bytes that are wrong", () => {
    expect(isSenderRefused("Sender account not authorized to send transactions")).to.equal(true);
    expect(isSenderRefused("invalid sender")).to.equal(false);
  });
});
