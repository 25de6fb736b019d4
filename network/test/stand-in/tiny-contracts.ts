/** Runtime code written by hand: the stand-in's own tests need no compiler. */

/**
 * 64 bytes of data (slot, value) are stored; anything else is answered with the array whose length is slot 0 and whose
 * elements are slots 1 and on: enough of a validator contract to change who seals.
 */
export const VALIDATOR_LIST =
  "0x36604014603b5760206000526000548060205260005b8181101560305780600101548160051b604001526001016015565b5060051b6040016000f35b6020356000355500";

/** Reverts with Error("no"). */
export const SAYS_NO =
  "0x7f08c379a000000000000000000000000000000000000000000000000000000000600052602060045260026024527f6e6f00000000000000000000000000000000000000000000000000000000000060445260646000fd";

const word = (value: bigint | number): string => value.toString(16).padStart(64, "0");

export function validatorSlots(addresses: readonly string[]): Record<string, string> {
  const slots: Record<string, string> = { [`0x${word(0)}`]: `0x${word(addresses.length)}` };
  addresses.forEach((address, index) => (slots[`0x${word(index + 1)}`] = `0x${word(BigInt(address))}`));
  return slots;
}

export function storeCall(slot: number, value: bigint | number): string {
  return `0x${word(slot)}${word(value)}`;
}
