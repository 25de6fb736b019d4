/** What a chart counts. Values stay integers until the very last step; what is written is always the exact one. */
import { formatExact } from "../format/amount.ts";

export interface Unit {
  readonly decimals: number;
  /** After the number: `XCJ`, `ALP`, `%`; empty for plain counts. */
  readonly symbol: string;
}

export interface Series {
  readonly name: string;
  /** One a category or time; undefined where nothing is known. */
  readonly values: readonly (bigint | undefined)[];
}

export const COUNT: Unit = { decimals: 0, symbol: "" };

/** For the length of a bar and the height of a line only. */
export const toNumber = (value: bigint, { decimals }: Unit): number => Number(value) / 10 ** decimals;

export const exactText = (value: bigint | undefined, { decimals, symbol }: Unit): string => {
  if (value === undefined) return "–";
  const separator = symbol === "" || symbol === "%" ? "" : " ";
  return `${formatExact(value, decimals)}${separator}${symbol}`;
};

/** Labels of an axis: `1.2M`, `120万`. */
export const axisNumber = (language: string): ((value: number) => string) => {
  const format = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 4 });
  return (value) => format.format(value);
};
