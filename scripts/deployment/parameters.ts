/** Parameters of a deployment, from a file: who the founding member is, and the alliance's first rules. */
import { isFuture, isRuntimeValue, RuntimeValueType } from "@nomicfoundation/ignition-core";
import { readFile } from "node:fs/promises";
import Ledger from "../../ignition/modules/Ledger.ts";
import { SetupError } from "../tooling/setup-error.ts";

export type Parameters = Readonly<Record<string, bigint | string>>;

/** Every parameter that the module Ledger reads. */
export function parameterNames(): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || isFuture(value)) return;
    if (isRuntimeValue(value)) {
      if (value.type === RuntimeValueType.MODULE_PARAMETER) names.add(value.name);
      return;
    }
    for (const part of Object.values(value)) visit(part);
  };
  for (const future of Ledger.futures) {
    if ("constructorArgs" in future) visit(future.constructorArgs);
    if ("args" in future) visit(future.args);
  }
  return names;
}

/** @param path JSON: `{"founderRepresentative": "0x…", "dangerousDelaySeconds": "172800", …}`; integers as in the API. */
export async function readParameters(path: string): Promise<Parameters> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SetupError(`There is no file ${path}: correct LEDGER_DEPLOY_PARAMETERS.`);
  });
  const known = parameterNames();
  const parameters: Record<string, bigint | string> = {};
  for (const [name, value] of Object.entries(parse(text, path))) {
    if (!known.has(name)) {
      throw new SetupError(`${path} has ${name}, which is no parameter: choose from ${[...known].sort().join(", ")}.`);
    }
    if (typeof value === "number" && Number.isSafeInteger(value)) parameters[name] = BigInt(value);
    else if (typeof value === "string") parameters[name] = /^\d+$/.test(value) ? BigInt(value) : value;
    else throw new SetupError(`${path}: ${name} must be text or a whole number.`);
  }
  return parameters;
}

function parse(text: string, path: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  throw new SetupError(`${path} is not a JSON object: write {"founderRepresentative": "0x…"}.`);
}
