/** `/docs`, `/docs/errors` and `/openapi.json`: pages printed from the descriptions; no script, no outside host. */
import type { Express } from "express";
import { renderDocs } from "./docs-page.ts";
import { renderErrors } from "./errors-page.ts";

const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function mountDocs(app: Express, document: object): void {
  const json = JSON.stringify(document);
  const docs = renderDocs(document);
  const errors = renderErrors();
  app.get("/openapi.json", (_req, res) => void res.type("application/json").send(json));
  app.get("/docs", (_req, res) => void res.set("Content-Security-Policy", POLICY).type("html").send(docs));
  app.get("/docs/errors", (_req, res) => void res.set("Content-Security-Policy", POLICY).type("html").send(errors));
  app.get("/docs/style.css", (_req, res) => void res.type("css").send(STYLE));
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --get: #0a7; --post: #26c; --put: #a60; --delete: #c33 }
body { font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 64rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line) }
nav a { margin-right: 1rem }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0 } details > div { padding: 0 1rem 1rem }
summary { cursor: pointer; padding: .5rem .8rem } summary:hover { background: var(--soft) }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace } pre { background: var(--soft); padding: .8rem; overflow: auto; border-radius: 6px }
.verb { display: inline-block; min-width: 4.2rem; font-weight: 700; text-transform: uppercase }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .delete { color: var(--delete) }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .6rem .35rem 0 }
.roles { float: right; opacity: .7; font-size: 13px }
`;
