/** What wallets answer when they do not do it, in the shapes that wallets have. */
import { expect } from "chai";
import { WalletError, answerCode, walletErrorOf } from "../../src/wallet/wallet-error.ts";

/** The answer, and what the reader is told. */
const KNOWN: readonly (readonly [unknown, string])[] = [
  [{ code: 4001, message: "User rejected the request." }, "rejected"],
  [{ code: -32002, message: "Request of type 'eth_requestAccounts' already pending" }, "pending"],
  [{ code: 4100, message: "Unauthorized" }, "unauthorized"],
  [{ code: 4200, message: "Unsupported" }, "unsupported"],
  [{ code: -32601, message: "The method does not exist" }, "unsupported"],
  [{ code: 4900, message: "Disconnected" }, "disconnected"],
  // A node's refusal, wrapped by the wallet.
  [{ code: -32603, message: "Internal", data: { code: 3, message: "execution reverted" } }, "reverted"],
  [{ code: -32603, message: "Internal", data: { originalError: { code: 4001 } } }, "rejected"],
  [{ code: -32000, message: "execution reverted: GovernorAlreadyCastVote" }, "reverted"],
  [new Error("something else"), "failed"],
  ["a text", "failed"],
  [undefined, "failed"],
  [new WalletError("wrong_chain", "here"), "wrong_chain"],
];

describe("what a wallet refuses", () => {
  for (const [answer, code] of KNOWN)
    it(`${answer instanceof Error ? answer.message : JSON.stringify(answer)} is told as ${code}`, () => {
      expect(walletErrorOf(answer).code).to.equal(code);
    });

  it("knows a chain that the wallet has never heard of, however it is wrapped", () => {
    expect(answerCode({ code: 4902 })).to.equal(4902);
    expect(answerCode({ code: -32603, data: { originalError: { code: 4902 } } })).to.equal(4902);
    expect(answerCode({ message: "no code" })).to.equal(undefined);
  });
});
