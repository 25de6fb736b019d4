/** The YAML file that a command was given. */
import { readFileSync, statSync } from "node:fs";
import { NetworkError } from "../plan/network-error.ts";
import { readPlan } from "../plan/read-plan.ts";
import type { ReadPlan } from "../plan/read-plan.ts";

/** 100 nodes are about 20 KiB. */
const BYTES_MAX = 1_000_000;

export function readYamlPlan(file: string): ReadPlan {
  let text: string;
  try {
    if (statSync(file).size > BYTES_MAX) throw new NetworkError("input", `${file} has more than ${BYTES_MAX} bytes.`);
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof NetworkError) throw cause;
    throw new NetworkError(
      "input",
      `${file} can not be read. \`npm run network -- init --example > network.yaml\` writes one to start from.`,
      { cause },
    );
  }
  return readPlan(text, file);
}
