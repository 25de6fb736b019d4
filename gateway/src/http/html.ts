/** The little HTML that the documentation pages need. */
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** `body` is HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/docs/style.css"></head><body>
<nav><a href="/docs">API</a><a href="/docs/errors">Errors · 错误</a><a href="/openapi.json">openapi.json</a></nav>
<h1>${escapeHtml(title)}</h1>${body}</body></html>`;
}
