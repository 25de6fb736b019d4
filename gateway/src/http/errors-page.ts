/** The catalogue of errors as a page; `type` of every problem points to its row. */
import { CATALOGUE } from "../kernel/errors.ts";
import { escapeHtml, page } from "./html.ts";

export function renderErrors(): string {
  const rows = Object.entries(CATALOGUE).map(
    ([code, { status, en, zh }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(en)}<br>${escapeHtml(zh)}</td></tr>`,
  );
  return page(
    "Errors · 错误",
    `<p>Every refusal is <code>application/problem+json</code> with a stable <code>code</code>, its <code>facts</code>, a sentence in English and one in Chinese. 每个拒绝都带有稳定的错误码、相关数据及中英文说明。</p>
<table><thead><tr><th>code</th><th>status</th><th>what happened, what to do · 原因与处理</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
  );
}
