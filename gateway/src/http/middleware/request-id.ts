/** Every request has an id: the caller's if it is harmless text, else ours. It is in the answer, the log and every problem. */
import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";

const HARMLESS = /^[\w.:-]{1,64}$/;

export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get("x-request-id");
  const id = given !== undefined && HARMLESS.test(given) ? given : randomUUID();
  res.locals["requestId"] = id;
  res.set("X-Request-Id", id);
  next();
};

export function requestIdOf(res: { locals: Record<string, unknown> }): string {
  const id = res.locals["requestId"];
  return typeof id === "string" ? id : "-";
}
