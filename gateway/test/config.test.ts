import { expect } from "chai";
import { readFileSync } from "node:fs";
import { StartError, readConfig } from "../src/config.ts";

const noFile = (): string => {
  throw new Error("no such file");
};
const enough = { LEDGER_PASSPHRASE: "a long enough passphrase" };

function sentenceOf(env: Record<string, string>, readText: (path: string) => string = noFile): string {
  try {
    readConfig(env, readText);
  } catch (error) {
    expect(error).to.be.instanceOf(StartError);
    return (error as Error).message;
  }
  return "accepted";
}

describe("the configuration", () => {
  it("has a default for everything but the passphrase", () => {
    const config = readConfig(enough, noFile);
    expect(config).to.include({ host: "127.0.0.1", port: 8_080, isProduction: false, publicReads: true, proxyHops: 0 });
    expect(config.databaseUrl).to.equal(undefined);
    expect(config.rpcUrls).to.deep.equal(["http://127.0.0.1:8545"]);
    expect(config.wsUrls).to.deep.equal([]);
    expect(sentenceOf({})).to.contain("LEDGER_PASSPHRASE_FILE");
  });

  it("names every variable that is wrong, at once", () => {
    const sentence = sentenceOf({
      ...enough,
      PORT: "80800",
      NODE_ENV: "prod",
      LEDGER_RPC_URL: "ws://node",
      LEDGER_WS_URL: "http://node,ws://",
      DATABASE_URL: "mysql://db",
      LEDGER_PUBLIC_READS: "no",
    });
    const wrong = ["PORT", "NODE_ENV", "LEDGER_RPC_URL", "LEDGER_WS_URL", "DATABASE_URL", "LEDGER_PUBLIC_READS"];
    for (const name of wrong) expect(sentence).to.contain(name);
  });

  it("stands in the reference, variable by variable", () => {
    const source = readFileSync(new URL("../src/config.ts", import.meta.url), "utf8");
    const reference = readFileSync(new URL("../../docs/reference/gateway-variables.md", import.meta.url), "utf8");
    const names = [...source.matchAll(/^  ([A-Z][A-Z_]+):/gm)].map(([, name]) => String(name));
    expect(names).to.include.members(["PORT", "LEDGER_RPC_URL", "LEDGER_WS_URL"]);
    for (const name of names) expect(reference).to.contain(`\`${name}\``);
  });

  it("takes secrets from files, one way or the other", () => {
    const files: Record<string, string> = {
      "/run/pass": "from a file, quite long\n",
      "/run/db": "postgres://u:p@db/ledger",
    };
    const readText = (path: string): string => files[path] ?? noFile();
    const config = readConfig({ LEDGER_PASSPHRASE_FILE: "/run/pass", DATABASE_URL_FILE: "/run/db" }, readText);
    expect([config.passphrase, config.databaseUrl]).to.deep.equal([
      "from a file, quite long",
      "postgres://u:p@db/ledger",
    ]);
    expect(sentenceOf({ LEDGER_PASSPHRASE_FILE: "/run/none" }, readText)).to.contain(
      "LEDGER_PASSPHRASE_FILE: /run/none",
    );
    expect(sentenceOf({ ...enough, LEDGER_PASSPHRASE_FILE: "/run/pass" }, readText)).to.contain("give one of them");
  });

  it("reads lists, flags and paths", () => {
    const config = readConfig(
      {
        ...enough,
        LEDGER_RPC_URL: "http://a:1, http://b:2",
        LEDGER_WS_URL: "ws://a:2,wss://b:3",
        LEDGER_CORS_ORIGINS: "https://shop.example",
        LEDGER_DATA_DIR: "/data",
      },
      noFile,
    );
    expect(config.rpcUrls).to.deep.equal(["http://a:1", "http://b:2"]);
    expect(config.wsUrls).to.deep.equal(["ws://a:2", "wss://b:3"]);
    expect(config.corsOrigins).to.deep.equal(["https://shop.example"]);
    expect(config.profilesDir).to.equal("/data/profiles");
  });

  it("takes the thresholds of the alert rules from a file, and names what is wrong in it", () => {
    const withFile = { ...enough, LEDGER_ALERTS_FILE: "/etc/alerts.json" };
    const config = readConfig(withFile, () => '{"coverage":{"ratioBpsMin":12000}}');
    expect(config.alerts.coverage.ratioBpsMin).to.equal(12_000);
    expect(readConfig(enough, noFile).alerts.coverage.ratioBpsMin).to.equal(10_500);
    expect(sentenceOf(withFile)).to.contain("LEDGER_ALERTS_FILE: /etc/alerts.json: can not be read");
    expect(sentenceOf(withFile, () => '{"coverage":{"ratioBpsMin":"a"}}')).to.contain("coverage.ratioBpsMin");
  });
});
