/** `0x1234…cdef` where there is little room; the whole address is in the title and in the link. */
export const shortHex = (hex: string): string => (hex.length <= 14 ? hex : `${hex.slice(0, 6)}…${hex.slice(-4)}`);
