/** Consensus messages, signed by their author, so that nodes may pass them on for one another. */
import { computeAddress, keccak256, SigningKey, toUtf8Bytes } from "ethers";
import type { Proposal } from "../chain/block.ts";

export interface Prepared {
  readonly round: number;
  readonly block: Proposal;
}

export type Word =
  | { readonly kind: "proposal"; readonly height: number; readonly round: number; readonly block: Proposal }
  | { readonly kind: "prepare"; readonly height: number; readonly round: number; readonly digest: string }
  | {
      readonly kind: "commit";
      readonly height: number;
      readonly round: number;
      readonly digest: string;
      readonly seal: string;
    }
  | {
      readonly kind: "roundChange";
      readonly height: number;
      readonly round: number;
      readonly prepared: Prepared | null;
    };

export interface Envelope {
  readonly word: Word;
  readonly signature: string;
}

const hashOf = (word: Word): string => keccak256(toUtf8Bytes(`stand-in word ${JSON.stringify(word)}`));

export function seal(word: Word, key: SigningKey): Envelope {
  return { word, signature: key.sign(hashOf(word)).serialized };
}

/** Lower-case address of who said it. */
export function authorOf({ word, signature }: Envelope): string {
  return computeAddress(SigningKey.recoverPublicKey(hashOf(word), signature)).toLowerCase();
}
