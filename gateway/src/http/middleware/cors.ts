/** Browsers of other origins may call only if their origin is on the list. Keys travel in a header, never in a cookie. */
import type { RequestHandler } from "express";

export function cors(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (req, res, next) => {
    res.vary("Origin");
    const origin = req.get("origin");
    if (origin !== undefined && allowed.has(origin)) {
      res.set("Access-Control-Allow-Origin", origin);
      res.set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After, Idempotency-Replayed");
      if (req.method === "OPTIONS") {
        res.set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
        res.set(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Idempotency-Key, Prefer, Accept-Language, X-Request-Id",
        );
        res.set("Access-Control-Max-Age", "600");
      }
    }
    if (req.method === "OPTIONS") {
      res.status(204).end();
      return;
    }
    next();
  };
}
