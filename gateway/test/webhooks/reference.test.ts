/** What docs/reference/webhooks.md says is so: its check is run, its events are those of the code. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { LOYALTY_EVENTS } from "../../src/kernel/loyalty-events.ts";
import type { Taken } from "../../src/store/webhook-deliveries.ts";
import { messageOf } from "../../src/webhooks/message.ts";

type Check = (secret: string, headers: Record<string, string>, body: string) => boolean;

const SECRET = Buffer.from("a secret of at least 24 bytes");
const OLD_SECRET = Buffer.from("another secret of 24 bytes and more");
const shown = (secret: Buffer): string => `whsec_${secret.toString("base64")}`;

describe("the reference of webhooks", () => {
  let folder: string;
  let text: string;
  let isFromGateway: Check;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "ledger-sample-"));
    text = await readFile(new URL("../../../docs/reference/webhooks.md", import.meta.url), "utf8");
    const [, sample] = /```js\n(.*?)```/s.exec(text) ?? [];
    const file = join(folder, "check.mjs");
    await writeFile(file, sample ?? "");
    ({ isFromGateway } = (await import(pathToFileURL(file).href)) as { isFromGateway: Check });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const taken = {
    endpoint_id: "5a3cc2a1-5f6b-4a51-9c2e-1d9a3f0e7b10",
    event_id: "0b9f4c1e-6f0c-4f0e-8f54-0d6c4fd6a001",
    generation: 2,
    secret: SECRET,
    old_secret: OLD_SECRET,
    old_secret_until: new Date(Date.now() + 3_600_000),
    merchant_id: 1,
    name: "points.issued",
    data: { points: "12050", shop: "乡村基" },
    at: new Date(),
  } as unknown as Taken;
  // Sealing has tests of its own; here the secrets lie open.
  const open = { openSecret: (_label: string, sealed: Uint8Array) => Buffer.from(sealed) };

  it("shows a check that takes what the gateway signs, with the old secret too while it signs along", () => {
    const { headers, body } = messageOf(open, taken, Date.now());
    expect(isFromGateway(shown(SECRET), headers, body)).to.equal(true);
    expect(isFromGateway(shown(OLD_SECRET), headers, body)).to.equal(true);
    const later = { ...taken, old_secret_until: new Date(Date.now() - 1) };
    const alone = messageOf(open, later, Date.now());
    expect(isFromGateway(shown(SECRET), alone.headers, alone.body)).to.equal(true);
    expect(isFromGateway(shown(OLD_SECRET), alone.headers, alone.body)).to.equal(false);
  });

  it("refuses what was changed, made by another, or recorded", () => {
    const { headers, body } = messageOf(open, taken, Date.now());
    expect(isFromGateway(shown(SECRET), headers, body.replace("12050", "12051"))).to.equal(false);
    expect(isFromGateway(shown(SECRET), { ...headers, "webhook-id": "another" }, body)).to.equal(false);
    expect(isFromGateway(shown(Buffer.alloc(32, 7)), headers, body)).to.equal(false);
    const recorded = messageOf(open, taken, Date.now() - 301_000);
    expect(isFromGateway(shown(SECRET), recorded.headers, recorded.body)).to.equal(false);
  });

  it("signs as the standard's own known answer does", () => {
    // Of the standard's libraries: they all agree on it.
    const [secret, id, timestamp] = [
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330,
    ];
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const { now } = Date;
    Date.now = () => timestamp * 1_000;
    try {
      expect(isFromGateway(secret, headers, '{"test": 2432232314}')).to.equal(true);
    } finally {
      Date.now = now;
    }
  });

  it("lists every event, and no other", () => {
    const listed = [...text.matchAll(/^\| `([a-z]+\.[a-z]+)` +\|/gm)].map(([, name]) => name);
    expect(listed).to.deep.equal([...LOYALTY_EVENTS]);
  });
});
