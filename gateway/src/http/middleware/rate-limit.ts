/** A bucket per key, or per address for callers without one and for customers, of whom anybody can be many. Counted in this process: n processes allow n times as much. */
import type { Request, Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";

export interface RateLimits {
  readonly perKeyPerMinute: number;
  readonly perAddressPerMinute: number;
}

/** `cost`: how many requests it counts as; one when left out. */
export type RateLimit = (req: Request, res: Response, caller: Caller | undefined, cost?: number) => Promise<void>;

export function rateLimit(limits: RateLimits): RateLimit {
  const byKey = new RateLimiterMemory({ points: limits.perKeyPerMinute, duration: 60 });
  const byAddress = new RateLimiterMemory({ points: limits.perAddressPerMinute, duration: 60 });
  return async (req, res, caller, cost = 1) => {
    const isKnown = caller !== undefined && caller.self === undefined;
    const [limiter, name] = isKnown ? [byKey, caller.keyId] : [byAddress, req.ip ?? "-"];
    try {
      const left = await limiter.consume(name, cost);
      res.set("RateLimit", `"default";r=${left.remainingPoints};t=${Math.ceil(left.msBeforeNext / 1000)}`);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new LedgerError("rate_limited", { retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) });
    }
  };
}
