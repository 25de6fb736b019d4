/** Values of options, checked where they are read: commander turns the error into one line with the option's name. */
import { InvalidArgumentError } from "commander";

/** A whole number of at least one. */
export function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return Number(text);
}
