/**
 * Writes the typed client of the API to gateway/client/generated/ (ignored by git): from the OpenAPI document, and that
 * from the routes, so no server has to run. Called by the bootstrap whenever the routes have changed; takes a second.
 */
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@hey-api/openapi-ts";
import { openapiDocument } from "../gateway/src/http/openapi.ts";
import { allRoutes } from "../gateway/src/http/routes/all.ts";

const TARGET = join(import.meta.dirname, "..", "gateway", "client", "generated");
/** The generator's own run time does not pass our strict flags; its types do their work all the same. */
const UNCHECKED = "// @ts-nocheck\n";

async function generate(): Promise<void> {
  const part = `${TARGET}.part`;
  rmSync(part, { recursive: true, force: true });
  await createClient({
    // A copy: the generator writes into the document.
    input: JSON.parse(JSON.stringify(openapiDocument(allRoutes))) as Record<string, unknown>,
    // Node runs these files as they are, so imports carry their extension.
    output: { path: part, module: { extension: ".ts" }, postProcess: [] },
    // The last makes the web's queries: a key and a function for every operation.
    plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch", "@tanstack/react-query"],
    logs: { level: "silent" },
  });
  for (const name of readdirSync(part, { recursive: true, encoding: "utf8" })) {
    const path = join(part, name);
    if (name.endsWith(".ts")) writeFileSync(path, UNCHECKED + readFileSync(path, "utf8"));
  }
  rmSync(TARGET, { recursive: true, force: true });
  renameSync(part, TARGET);
}

await generate();
