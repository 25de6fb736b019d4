/** Everything that a draw promised, recomputed from the chain's logs: the first thing that differs ends it. */
import { AbiCoder, keccak256 } from "ethers";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { Difference } from "../audit/check.ts";
import type { Draw, Verifier } from "./draw.ts";
import { prizesOf, readDraw } from "./draw.ts";
import { pickNumbers } from "./numbers.ts";
import { verifyPayments } from "./payments.ts";
import { holdKey, isBefore } from "./record.ts";

const coder = AbiCoder.defaultAbiCoder();

export async function verifyDraw(verifier: Verifier, drawId: bigint): Promise<Draw> {
  const draw = readDraw(verifier.record, drawId);
  verifyParties(verifier, draw);
  verifyTickets(verifier, draw);
  verifySecrets(verifier, draw);
  await verifyNumbers(verifier, draw);
  verifyPayments(verifier, draw);
  return draw;
}

/** The witness is a member and not the merchant, and both committed before the first ticket. */
function verifyParties({ record, checks }: Verifier, draw: Draw): void {
  const { drawId, announced, witnessed, terms, tickets } = draw;
  const where = `draw ${drawId}`;
  const controller = record.controllerAt(terms.token, announced);
  checks.same("merchant", where, { expected: controller, found: announced.merchant });
  if (witnessed === undefined) {
    checks.same("tickets without a witness", where, { expected: 0, found: tickets.length });
    return;
  }
  const isMember = record.representedAt(witnessed.witness, witnessed);
  checks.same("witness represents an active member", where, { expected: true, found: isMember });
  const isMerchant = [announced.merchant, record.controllerAt(terms.token, witnessed)].includes(witnessed.witness);
  checks.same("witness is the merchant", where, { expected: false, found: isMerchant });
  const isCopied = witnessed.commitment === terms.commitment;
  checks.same("witness copied the commitment", where, { expected: false, found: isCopied });
  const isEarly = tickets.every((one) => isBefore(witnessed, one));
  checks.same("commitments before the first ticket", where, { expected: true, found: isEarly });
}

/** Numbers without gaps, within the limits and the time, each paid for by its buyer's own hold. */
function verifyTickets({ record, deployment, checks }: Verifier, draw: Draw): void {
  const { drawId, terms, tickets, closings } = draw;
  let next = 0n;
  const bought = new Map<Address, bigint>();
  for (const [id, one] of tickets.entries()) {
    const where = `purchase ${id} of draw ${drawId}`;
    checks.same("purchase", where, { expected: id, found: one.purchaseId });
    checks.same("first number", where, { expected: next, found: one.first });
    next += one.count;
    bought.set(one.buyer, (bought.get(one.buyer) ?? 0n) + one.count);
    checks.same("sold in time", where, { expected: true, found: record.timeOf(one) < terms.salesEnd });
    const isOpen = closings.every((closing) => isBefore(one, closing));
    checks.same("sold before the closing", where, { expected: true, found: isOpen });
    const held = record.holds.get(holdKey(terms.token, one.buyer, one.ref));
    checks.same("points held", where, { expected: one.count * terms.ticketPoints, found: held?.points });
    checks.same("end of the hold", where, { expected: terms.releaseAt, found: held?.releaseAt });
    checks.same("buyer is the witness", where, { expected: false, found: one.buyer === draw.witnessed?.witness });
  }
  const refs = new Set(tickets.map(({ ref }) => ref));
  checks.same("refs", `draw ${drawId} at ${deployment.contracts.lottery}`, {
    expected: tickets.length,
    found: refs.size,
  });
  checks.same("within the numbers", `draw ${drawId}`, { expected: true, found: next <= terms.ticketsMax });
  for (const [account, count] of bought)
    checks.same("within the account's limit", account, { expected: true, found: count <= terms.accountMax });
  for (const { sold } of closings) checks.same("tickets sold", `draw ${drawId}`, { expected: next, found: sold });
}

/** What was revealed is what was committed to, the merchant's first. */
function verifySecrets({ deployment, checks }: Verifier, draw: Draw): void {
  const { drawId, terms, witnessed, secrets, closings } = draw;
  for (const [turn, { isMerchant, secret, ...place }] of secrets.entries()) {
    const where = `${isMerchant ? "merchant" : "witness"} of draw ${drawId}`;
    checks.same("turn", where, { expected: turn === 0, found: isMerchant });
    const types = ["uint256", "address", "bytes32"];
    const commitment = keccak256(coder.encode(types, [deployment.chainId, deployment.contracts.lottery, secret]));
    checks.same("commitment", where, {
      expected: isMerchant ? terms.commitment : witnessed?.commitment,
      found: commitment,
    });
    const isAfter = closings.length > 0 && closings.every((closing) => closing.blockNumber < place.blockNumber);
    checks.same("revealed after the closing", where, { expected: true, found: isAfter });
  }
  checks.same("secrets", `draw ${drawId}`, { expected: true, found: secrets.length <= 2 });
}

/** Entropy, seed and numbers. */
async function verifyNumbers({ deployment, checks, hashOf }: Verifier, draw: Draw): Promise<void> {
  const { drawId, terms, closings, kept, secrets, drawn } = draw;
  const where = `draw ${drawId}`;
  for (const closing of closings)
    checks.same("entropy block", where, { expected: closing.blockNumber + 1, found: closing.entropyBlock });
  if (kept !== undefined) {
    checks.same("block of the entropy", where, { expected: closings.at(-1)?.entropyBlock, found: kept.entropyBlock });
    const hash = await hashOf(Number(kept.entropyBlock));
    if (hash !== undefined) checks.same("entropy (asked of the node)", where, { expected: hash, found: kept.entropy });
  }
  if (drawn === undefined) return;
  checks.same("secrets of a draw", where, { expected: 2, found: secrets.length });
  const types = ["uint256", "uint256", "address", "bytes32", "bytes32", "bytes32"];
  const [merchant, witness] = secrets;
  const parts = [drawId, deployment.chainId, deployment.contracts.lottery, merchant?.secret, witness?.secret];
  if (kept === undefined) throw new Difference(`draw ${drawId} took place without the hash of its entropy block`);
  const seed = keccak256(coder.encode(types, [...parts, kept.entropy]));
  checks.same("seed", where, { expected: seed, found: drawn.seed });
  const numbers = pickNumbers(seed, terms.ticketsMax, prizesOf(draw));
  checks.same("winning numbers", where, { expected: numbers.join(" "), found: drawn.numbers.join(" ") });
}
