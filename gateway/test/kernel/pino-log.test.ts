import { expect } from "chai";
import { createPinoLog } from "../../src/kernel/pino-log.ts";

describe("the log", () => {
  const key = `pk_0123456789abcdef_${"Q".repeat(43)}`;
  const raw = `0x${"ab".repeat(120)}`;
  const planted: [string, object, string][] = [
    ["an API key in a header", { headers: { authorization: `Bearer ${key}` } }, key],
    ["an API key in a text", { note: `called with ${key}` }, key],
    ["an API key in an error", { err: new Error(`bad key ${key}`) }, key],
    ["a secret by name", { secret: "s3cr3t-value" }, "s3cr3t-value"],
    ["a nested secret", { made: { key: { secret: "s3cr3t-value" } } }, "s3cr3t-value"],
    ["a passphrase", { config: { passphrase: "open sesame please" } }, "open sesame please"],
    ["a password", { password: "hunter2hunter2" }, "hunter2hunter2"],
    ["a password in a URL", { err: new Error("postgres://ledger:hunter2hunter2@db/ledger") }, "hunter2hunter2"],
    ["a database URL", { config: { databaseUrl: "postgres://u:hunter2hunter2@db" } }, "hunter2hunter2"],
    ["a private key by name", { privateKey: `0x${"12".repeat(32)}` }, "12".repeat(32)],
    ["a private key in a text", { note: `private key: 0x${"12".repeat(32)}` }, "12".repeat(32)],
    ["a signed transaction by name", { transaction: { raw } }, raw],
    ["a signed transaction in a text", { note: `sent ${raw}` }, raw],
    ["a signature", { body: { signature: `0x${"34".repeat(65)}` } }, "34".repeat(65)],
    ["a cookie", { headers: { cookie: "session=abcdefgh" } }, "session=abcdefgh"],
  ];
  for (const [what, facts, secret] of planted)
    it(`cuts ${what} out`, () => {
      let text = "";
      const log = createPinoLog({ level: "debug", destination: { write: (line) => void (text += line) } });
      log.info(facts, "something happened");
      log.child(facts).warn({}, "in a child");
      expect(text).to.contain("something happened").and.to.not.contain(secret);
    });
});
