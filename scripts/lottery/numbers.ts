/**
 * Distinct numbers out of a seed: the same sum as contracts/lottery/DrawNumbers.sol, written a second time from its words,
 * so that the chain can be checked against something that is not itself.
 */
import { AbiCoder, keccak256 } from "ethers";

const WORDS_PER_HASH = 8n;
const WORD_BITS = 32n;
const WORDS = 1n << WORD_BITS;

/** Words of 32 bits, the lowest of each hash first. */
function* wordsOf(seed: string): Generator<bigint, never> {
  for (let hashes = 0n; ; hashes += 1n) {
    const hash = BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [seed, hashes])));
    for (let place = 0n; place < WORDS_PER_HASH; place += 1n) yield (hash >> (place * WORD_BITS)) % WORDS;
  }
}

/**
 * @param numbers How many numbers there are.
 * @param picks How many of them are picked.
 */
export function pickNumbers(seed: string, numbers: bigint, picks: number): bigint[] {
  const words = wordsOf(seed);
  const moved = new Map<bigint, bigint>();
  const at = (position: bigint): bigint => moved.get(position) ?? position;
  const picked: bigint[] = [];
  for (let i = 0n; i < BigInt(picks); i += 1n) {
    const bound = numbers - i;
    const fair = WORDS - (WORDS % bound);
    let word = words.next().value;
    while (word >= fair) word = words.next().value;
    const position = i + (word % bound);
    picked.push(at(position));
    moved.set(position, at(i));
  }
  return picked;
}
