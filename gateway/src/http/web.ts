/**
 * The web: files that were built and compressed before, sent as they are. Every address that is none of the gateway's own
 * is a page of the web, which decides by itself what to show.
 */
import type { Express } from "express";
import helmet from "helmet";
import sirv from "sirv";

/** These answer by themselves, and say so when there is nothing. */
const OWN = /^\/(v1|v2|api|rpc|docs|openapi\.json|profiles|metrics|livez|readyz|healthz)(\/|$)/;

/**
 * Scripts come from here only. Styles may stand in the page: the component library writes them while it runs, for the
 * theme that was chosen.
 */
const policy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    "default-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
  },
});

/** Names of built files carry the hash of what is in them. */
const YEAR = "public, max-age=31536000, immutable";

export function mountWeb(app: Express, directory: string): void {
  const files = sirv(directory, {
    single: true,
    ignores: [OWN],
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (res, path) => res.setHeader("Cache-Control", path.startsWith("/assets/") ? YEAR : "no-cache"),
  });
  app.use((req, res, next) => {
    if (OWN.test(req.path) || (req.method !== "GET" && req.method !== "HEAD")) {
      next();
      return;
    }
    policy(req, res, () => files(req, res, next));
  });
}
