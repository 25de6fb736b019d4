/** `/api` and `/v2/api`: the API that tools of other explorers speak, by query or by form, for everybody. */
import type { Express, Request, RequestHandler } from "express";
import express from "express";
import type { EtherscanRooms, Fields } from "../etherscan/answer.ts";
import { notOk } from "../etherscan/answer.ts";
import { answerEtherscan } from "../etherscan/actions.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { assertStorableText } from "./middleware/json-body.ts";
import type { Gate } from "./mount.ts";

/** Sources of a contract as a form: 1 MB of them is 2 MB of escapes. */
const FORM_BYTES_MAX = 4 * 1024 * 1024;

function fieldsOf(req: Request): Fields {
  const form = (req.body ?? {}) as Record<string, unknown>;
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...form, ...req.query })) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last !== "string") continue;
    assertStorableText(name + last, name.slice(0, 50));
    fields[name] = last;
  }
  return fields;
}

/** Clients send a key because their makers demand one. One of ours counts as ours, any other as none. */
async function callerOf(req: Request, fields: Fields, gate: Gate) {
  const bearer = /^Bearer ([\w-]{1,100})$/i.exec(req.get("authorization") ?? "")?.[1];
  const key = bearer ?? fields["apikey"] ?? "";
  return /^[\w-]{1,100}$/.test(key) ? gate.findCaller(key) : undefined;
}

/** What the catalogue says, in the API's own envelope. Clients wait and try again when they read "rate limit". */
function wordsOf(error: LedgerError): string {
  return error.code === "rate_limited"
    ? `Max rate limit reached. ${error.sentence("en")}`
    : `Error! ${error.sentence("en")}`;
}

export function mountEtherscan(app: Express, gate: Gate, rooms: EtherscanRooms & { readonly log: Log }): void {
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 50, inflate: false });
  const answer =
    (version: 1 | 2): RequestHandler =>
    async (req, res) => {
      const fields = fieldsOf(req);
      res.locals["operation"] = "etherscan";
      res.set("Cache-Control", "no-store");
      try {
        const caller = await callerOf(req, fields, gate);
        await gate.rateLimit(req, res, caller);
        if (caller === undefined && !gate.publicReads) throw new LedgerError("unauthenticated");
        res.json(await answerEtherscan(rooms, { fields, version }));
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        // Trouble of ours keeps its status; what the caller can mend is said in the envelope, as clients expect.
        res.status(error.status >= 500 ? error.status : 200).json(notOk(wordsOf(error)));
      }
    };
  for (const [path, version] of [
    ["/api", 1],
    ["/v2/api", 2],
  ] as const) {
    app.get(path, answer(version));
    app.post(path, form, answer(version));
    app.all(path, (req) => {
      throw new LedgerError("method_not_allowed", { method: req.method });
    });
  }
  app.get("/v2/chainlist", (req, res) => {
    res.set("Cache-Control", "no-store").json(chainList(`${req.protocol}://${req.get("host") ?? "localhost"}`, rooms));
  });
}

function chainList(origin: string, { deployment: { chainId } }: EtherscanRooms) {
  const chain = {
    chainname: "Alliance points ledger",
    chainid: String(chainId),
    blockexplorer: origin,
    apiurl: `${origin}/v2/api?chainid=${chainId}`,
    status: 1,
    comment: "",
  };
  return { comments: "The chain of this explorer", totalcount: 1, result: [chain] };
}
