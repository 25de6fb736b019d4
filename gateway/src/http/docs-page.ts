/** The API's page, printed once from the OpenAPI document: plain HTML that needs no script (the usual viewers load theirs from a CDN). */
import { escapeHtml, page } from "./html.ts";

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Json;
  readonly description?: string;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly "x-roles": readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { content: Record<string, { schema: Json }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

interface Document {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Json> };
}

const pre = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;

function parametersOf(operation: Operation): string {
  if (operation.parameters === undefined || operation.parameters.length === 0) return "";
  const rows = operation.parameters.map(
    ({ name, in: where, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required === true ? " *" : ""}</td><td>${where}</td><td>${escapeHtml(description ?? "")} <code>${escapeHtml(JSON.stringify(schema))}</code></td></tr>`,
  );
  return `<table><tbody>${rows.join("")}</tbody></table>`;
}

function bodiesOf(operation: Operation): string {
  const request = operation.requestBody?.content["application/json"]?.schema;
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith("2"))
    .map(
      ([status, answer]) =>
        `<h4>${status} ${escapeHtml(answer.description)}</h4>${pre(Object.values(answer.content ?? {})[0]?.schema)}`,
    );
  return (request === undefined ? "" : `<h4>Body · 请求体</h4>${pre(request)}`) + answers.join("");
}

function sectionOf(path: string, method: string, operation: Operation): string {
  return `<details id="${operation.operationId}"><summary><span class="verb ${method}">${method}</span> <code>${escapeHtml(path)}</code> ${escapeHtml(operation.summary)}<span class="roles">${operation["x-roles"].join(" · ")}</span></summary>
<div>${operation.description === undefined ? "" : `<p>${escapeHtml(operation.description)}</p>`}${parametersOf(operation)}${bodiesOf(operation)}</div></details>`;
}

export function renderDocs(document: object): string {
  const { info, paths, components } = document as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? "");
  const sections = [...byTag].map(
    ([tag, entries]) =>
      `<h2>${escapeHtml(tag)}</h2>${entries.map(({ path, method, operation }) => sectionOf(path, method, operation)).join("\n")}`,
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="${name}"><summary><code>${name}</code></summary><div>${pre(schema)}</div></details>`,
  );
  return page(
    info.title,
    `<p>${escapeHtml(info.description)}</p>
<p>Writes need <code>Authorization: Bearer &lt;key&gt;</code> and <code>Idempotency-Key</code>; <code>Prefer: wait=10</code> waits for the chain. 写请求需要 API 密钥与 Idempotency-Key 请求头。</p>
${sections.join("\n")}<h2>Schemas · 数据结构</h2>${schemas.join("\n")}`,
  );
}
