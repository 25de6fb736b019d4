import { expect } from "chai";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openapiDocument } from "../../src/http/openapi.ts";
import { needsIdempotencyKey } from "../../src/http/route.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { ROLES } from "../../src/kernel/caller.ts";

interface Operation {
  readonly operationId: string;
  readonly "x-roles": string[];
  readonly parameters?: { name: string; in: string; schema: object; required: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  readonly responses: Record<string, { content: Record<string, { schema: object; example?: unknown }> }>;
}

describe("the OpenAPI document", () => {
  const document = openapiDocument(allRoutes) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it("is of version 3.1 and holds every route and nothing else", () => {
    expect(document.openapi).to.equal("3.1.0");
    const described = operations.map(({ path, method }) => `${method} ${path}`).sort();
    const routed = allRoutes.map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort();
    expect(described).to.deep.equal(routed);
  });

  it("names each operation once and says who may call it", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { operation } of operations)
      for (const role of operation["x-roles"]) expect([...ROLES, "public"]).to.include(role);
  });

  it("gives no name to two schemas: of two, one would describe the other's answers", () => {
    const room = join(import.meta.dirname, "..", "..", "src", "http");
    const sources = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const names = sources.flatMap((file) =>
      [...readFileSync(join(room, file), "utf8").matchAll(/\.meta\(\{\s*id: "(\w+)"/g)].map(([, name]) => name),
    );
    expect(names).to.include("ProposalCall");
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });

  it("declares every parameter of a path, and an Idempotency-Key on every write that must happen once", () => {
    for (const { path, method, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
      expect(inPath.sort(), path).to.deep.equal([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      const route = allRoutes.find((one) => one.operationId === operation.operationId)!;
      const demands = (operation.parameters ?? []).some((one) => one.name === "Idempotency-Key" && one.required);
      expect(demands, `${method} ${path}`).to.equal(needsIdempotencyKey(route));
    }
  });

  it("consists of schemas that JSON Schema 2020-12 accepts, with every reference resolved", function () {
    this.timeout(180_000);
    const ajv = new Ajv2020({ strict: false, formats: { uuid: true, uri: true } });
    ajv.addSchema({ $id: "api", components: document.components });
    const refer = (schema: object): object =>
      JSON.parse(JSON.stringify(schema).replaceAll("#/components", "api#/components")) as object;
    for (const { operation } of operations) {
      const bodies = [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
        Object.values(one?.content ?? {}),
      );
      for (const { schema } of [...bodies, ...(operation.parameters ?? [])]) ajv.compile(refer(schema));
    }
  });

  it("gives each request body and each answer an example that its schema accepts", function () {
    this.timeout(180_000);
    const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: /^[0-9a-f-]{36}$/, uri: /^https?:/ } });
    ajv.addSchema({ $id: "api", components: document.components });
    const refer = (schema: object): object =>
      JSON.parse(JSON.stringify(schema).replaceAll("#/components", "api#/components")) as object;
    const refused: string[] = [];
    let examples = 0;
    for (const { path, method, operation } of operations) {
      const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
      expect(answers, `${method} ${path}`).to.not.have.length(0);
      const bodies = [operation.requestBody, ...answers.map(([, answer]) => answer)];
      for (const { schema, example } of bodies.flatMap((body) => Object.values(body?.content ?? {}))) {
        examples += 1;
        const validate = ajv.compile(refer(schema));
        if (validate(example)) continue;
        refused.push(`${method} ${path}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(example)}`);
      }
    }
    expect(refused.join("\n")).to.equal("");
    expect(examples).to.be.greaterThan(operations.length);
  });

  it("lets what may be null be null: a name with null beside it is an alternative, not a sum", () => {
    const sums: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      if ("allOf" in value) sums.push(path);
      for (const [key, inner] of Object.entries(value)) look(inner, `${path}.${key}`);
    };
    look(openapiDocument(allRoutes), "document");
    expect(sums).to.deep.equal([]);
  });
});
