/** Signing in with a wallet (EIP-4361): the one way that works, and the many that do not. */
import { expect } from "chai";
import { hashMessage, Wallet } from "ethers";
import type { Rooms } from "../../src/commands/rooms.ts";
import { NONCE_MS } from "../../src/commands/sign-in-wallet.ts";
import { sessionRoutes } from "../../src/http/routes/session.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import { sharedLedger } from "../support/ledger.ts";
import { freshStore } from "../support/stores.ts";
import { roomsOn } from "../support/world.ts";

const SITE = "https://points.example";
const MINUTE = 60_000;

interface Fields {
  domain: string;
  address: string;
  statement: string;
  uri: string;
  version: string;
  chainId: number | string;
  nonce: string;
  issuedAt: string;
  expirationTime?: string;
  notBefore?: string;
}

const textOf = (fields: Fields): string =>
  [
    `${fields.domain} wants you to sign in with your Ethereum account:`,
    fields.address,
    "",
    fields.statement,
    "",
    `URI: ${fields.uri}`,
    `Version: ${fields.version}`,
    `Chain ID: ${fields.chainId}`,
    `Nonce: ${fields.nonce}`,
    `Issued At: ${fields.issuedAt}`,
    ...(fields.expirationTime === undefined ? [] : [`Expiration Time: ${fields.expirationTime}`]),
    ...(fields.notBefore === undefined ? [] : [`Not Before: ${fields.notBefore}`]),
  ].join("\n");

const iso = (ms: number): string => new Date(ms).toISOString();

describe("signing in with a wallet", () => {
  const wallet = new Wallet(`0x${"17".repeat(32)}`);
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  let now = Date.UTC(2026, 0, 1);

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    rooms = { ...(await roomsOn(store)), clock: { ...wallClock, now: () => now } };
    api = await startApi(rooms, sessionRoutes, { gate: { publicUrl: SITE } });
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  async function fieldsFor(account: string): Promise<Fields> {
    const { status, body } = await api.ask("POST", "/v1/session/wallet/nonce", { body: { account } });
    expect(status).to.equal(200);
    const { nonce, address, chainId } = body as { nonce: string; address: string; chainId: number };
    return {
      domain: "points.example",
      address,
      statement: "Sign in to the alliance points ledger.",
      uri: `${SITE}/sign-in`,
      version: "1",
      chainId,
      nonce,
      issuedAt: iso(now),
    };
  }

  const send = (message: string, signature: string, to = api) =>
    to.ask("POST", "/v1/session/wallet", { body: { message, signature } });

  /** What became of a text with these fields, signed as it stands. */
  async function signInWith(change: Partial<Fields> = {}): Promise<{ status: number; reason?: unknown }> {
    const message = textOf({ ...(await fieldsFor(wallet.address)), ...change });
    const { status, body } = await send(message, await wallet.signMessage(message));
    return status === 200 ? { status } : { status, reason: body.facts.reason as unknown };
  }

  it("opens a session that is confined to the account", async () => {
    const message = textOf(await fieldsFor(wallet.address));
    const answer = await send(message, await wallet.signMessage(message));
    const account = wallet.address.toLowerCase();
    expect(answer.body.session).to.include({ role: "consumer", organisation: `wallet-${account}`, account });
    expect(answer.headers.get("set-cookie")).to.match(/^ledger_session=[0-9A-Za-z]{43};.*; Secure$/);
  });

  it("takes times within their bounds", async () => {
    const expirationTime = iso(now + MINUTE);
    expect(await signInWith({ expirationTime, notBefore: iso(now) })).to.deep.equal({ status: 200 });
    expect(await signInWith({ issuedAt: iso(now + 4 * MINUTE) })).to.deep.equal({ status: 200 });
    expect(await signInWith({ issuedAt: iso(now - 9 * MINUTE) })).to.deep.equal({ status: 200 });
  });

  const account = wallet.address;
  const changes: readonly (readonly [string, Partial<Fields>, string])[] = [
    ["another site", { domain: "evil.example" }, "domain"],
    ["a sub-domain of this site", { domain: "www.points.example" }, "domain"],
    ["a site that begins like this one", { domain: "points.example.evil.example" }, "domain"],
    ["another port of this site", { domain: "points.example:8443" }, "domain"],
    ["this machine, where the site is elsewhere", { domain: "localhost:8080" }, "domain"],
    ["an address of another site", { uri: "https://evil.example/sign-in" }, "uri"],
    ["an address without TLS", { uri: "http://points.example/sign-in" }, "uri"],
    ["an address with this site's name as the user", { uri: "https://points.example@evil.example" }, "uri"],
    ["an address that is none", { uri: "points" }, "form"],
    ["an address that is no page", { uri: "urn:points.example" }, "uri"],
    ["another chain", { chainId: 1 }, "chain"],
    ["no chain", { chainId: "" }, "form"],
    ["another version", { version: "2" }, "form"],
    ["an expired text", { expirationTime: iso(Date.UTC(2026, 0, 1) - 1) }, "expired"],
    ["a text that ends now", { expirationTime: iso(Date.UTC(2026, 0, 1)) }, "expired"],
    ["a text that is not good yet", { notBefore: iso(Date.UTC(2026, 0, 1) + 1_000) }, "early"],
    ["a text of 10 minutes ago", { issuedAt: iso(Date.UTC(2026, 0, 1) - NONCE_MS) }, "old"],
    ["a text of tomorrow", { issuedAt: iso(Date.UTC(2026, 0, 2)) }, "old"],
    ["a time that is none", { issuedAt: "yesterday" }, "form"],
    ["an invented number", { nonce: "0123456789abcdef0123456789abcdef" }, "nonce"],
    ["a number that is too short", { nonce: "0123" }, "form"],
    ["an account in lower case", { address: account.toLowerCase() }, "form"],
    ["another account", { address: new Wallet(`0x${"18".repeat(32)}`).address }, "signature"],
    ["a line too many", { statement: "Sign in.\nAnd give everything away." }, "form"],
  ];
  for (const [what, change, reason] of changes)
    it(`does not open with ${what}: ${reason}`, async () => {
      expect(await signInWith(change)).to.deep.equal({ status: 422, reason });
    });

  it("does not open twice with one number", async () => {
    const message = textOf(await fieldsFor(account));
    const signature = await wallet.signMessage(message);
    expect((await send(message, signature)).status).to.equal(200);
    expect((await send(message, signature)).body.facts.reason).to.equal("nonce");
  });

  it("does not open with a number that somebody else has tried in vain", async () => {
    const message = textOf(await fieldsFor(account));
    const other = new Wallet(`0x${"18".repeat(32)}`);
    expect((await send(message, await other.signMessage(message))).body.facts.reason).to.equal("signature");
    expect((await send(message, await wallet.signMessage(message))).body.facts.reason).to.equal("nonce");
  });

  it("does not open with a number that is ten minutes old", async () => {
    const fields = await fieldsFor(account);
    now += NONCE_MS;
    const message = textOf({ ...fields, issuedAt: iso(now) });
    expect((await send(message, await wallet.signMessage(message))).body.facts.reason).to.equal("nonce");
  });

  for (const [what, tamper] of [
    ["a letter of the text changed", (text: string) => text.replace("alliance", "Alliance")],
    ["a space at the end", (text: string) => `${text} `],
    ["a line feed at the end", (text: string) => `${text}\n`],
    ["line ends of another system", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a resource added", (text: string) => `${text}\nResources:\n- https://points.example/all`],
  ] as const)
    it(`does not open with ${what}`, async () => {
      const message = textOf(await fieldsFor(account));
      const { status, body } = await send(tamper(message), await wallet.signMessage(message));
      expect(status).to.equal(422);
      expect(body.facts.reason).to.be.oneOf(["form", "signature"]);
    });

  for (const [what, tamper] of [
    ["no signature", () => "0x"],
    // By two bytes: one byte less is the compact form of EIP-2098, which is as good as the whole for half of all signatures.
    ["a signature cut short", (signature: string) => signature.slice(0, -4)],
    ["a signature of zeros", () => `0x${"00".repeat(65)}`],
    [
      "a signature with a bit turned",
      (signature: string) => signature.replace(/^0x./, (head) => (head === "0x1" ? "0x2" : "0x1")),
    ],
    ["the other signature of the same curve point", (signature: string) => malleate(signature)],
  ] as const)
    it(`does not open with ${what}`, async () => {
      const message = textOf(await fieldsFor(account));
      const { body } = await send(message, tamper(await wallet.signMessage(message)));
      expect([body.code, body.facts.reason]).to.deep.equal(["wallet_proof_refused", "signature"]);
    });

  it("opens for a contract that says by itself what it has signed, and for nothing else (ERC-1271)", async () => {
    const { provider } = await sharedLedger();
    const contract = "0x00000000000000000000000000000000000c0de5";
    const message = textOf(await fieldsFor(contract));
    // Answers "yes" for this hash alone: eq(hash, calldata[4:36]) * 0x1626ba7e << 224.
    const code = `0x7f${hashMessage(message).slice(2)}60043514631626ba7e60e01b0260005260206000f3`;
    await provider.send("anvil_setCode", [contract, code]);
    const opened = await send(message, "0x5b");
    expect(opened.body.session).to.include({ account: contract, organisation: `wallet-${contract}` });
    const another = textOf(await fieldsFor(contract));
    expect((await send(another, "0x5b")).body.facts.reason).to.equal("signature");
  });

  it("opens on this machine without more, and elsewhere only when the gateway knows its address", async () => {
    const local = await startApi(rooms, sessionRoutes);
    for (const [domain, expected] of [
      ["127.0.0.1:8080", undefined],
      ["localhost:5173", undefined],
      ["points.example", "site"],
      ["127.0.0.1.evil.example", "site"],
    ] as const) {
      const message = textOf({ ...(await fieldsFor(account)), domain, uri: `http://${domain}/sign-in` });
      const { status, body } = await send(message, await wallet.signMessage(message), local);
      expect([status, body.facts?.reason], domain).to.deep.equal(
        expected === undefined ? [200, undefined] : [422, expected],
      );
    }
    await local.close();
  });
});

/** The order of the curve minus s, and the other v: valid mathematics, refused by everybody who checks. */
function malleate(signature: string): HexData {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = order - BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.slice(130) === "1b" ? "1c" : "1b";
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${v}` as HexData;
}
