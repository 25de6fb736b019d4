/** Other people's servers: what is not public is never reached, and what is reached can not hold the gateway up. */
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createRawServer } from "node:net";
import { expect } from "chai";
import { LedgerError } from "../../src/kernel/errors.ts";
import type { Outward } from "../../src/outward/outward.ts";
import { openOutward } from "../../src/outward/outward.ts";
import type { Policy } from "../../src/outward/policy.ts";
import type { Resolve } from "../../src/outward/resolve.ts";
import { resolveByDns } from "../../src/outward/resolve.ts";
import { startNameServer } from "../support/name-server.ts";
import { ANYWHERE, PUBLIC_ONLY, isPublicAddress, parseTarget } from "../../src/outward/policy.ts";

/** Plain http on any port: then nothing but the judgement of the address protects. */
const ADDRESS_ALONE: Policy = { addresses: "public", plainHttp: true, ports: "any" };

/** PORT is the canary's; every one of these leads, or would lead a careless caller, to this machine or its network. */
const HOSTS = `
  127.0.0.1 127.0.0.2 127.1 127.0.1 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1 2130706433 0 0.0.0.0 0x0
  127.0.0.1. 127.00.00.01 １２７.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 %31%32%37.0.0.1 localhost LOCALHOST localhost. localhost..
  a.localhost localhost.localdomain ip6-localhost gateway router.lan printer.local db.internal vault.corp.internal
  service.home.arpa node.test 1.0.0.127.in-addr.arpa metadata.google.internal [::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1]
  [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:7f00:1] [::ffff:a9fe:a9fe] [64:ff9b::7f00:1] [64:ff9b::169.254.169.254]
  [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2001:0:7f00:1::] [2001:db8::1] [fe80::1] [fec0::1] [fc00::1]
  [fd00:ec2::254] [ff02::1] [100::1] [3fff::1] [5f00::1] 169.254.169.254 0xa9fea9fe 2852039166 169.254.170.2 10.0.0.1
  10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.1 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1
  198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
`
  .trim()
  .split(/\s+/);
const ODD_URLS = `
  http://user@127.0.0.1:PORT/ http://public.example.com@127.0.0.1:PORT/ http://127.0.0.1:PORT#@public.example.com/
  http://127.0.0.1:PORT?@public.example.com/ http:127.0.0.1:PORT/ http:/127.0.0.1:PORT/ http:\\\\127.0.0.1:PORT/
  http://public.example.com\\@127.0.0.1:PORT/ ftp://127.0.0.1:PORT/ file:///etc/passwd gopher://127.0.0.1:PORT/_x
  data:text/plain,x javascript:1 //127.0.0.1:PORT/ 127.0.0.1:PORT http://[fe80::1%25lo]:PORT/ http://[::1%lo]:PORT/ http://:PORT/
`
  .trim()
  .split(/\s+/);

async function failureOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "answered",
    (error: unknown) => (error instanceof LedgerError ? error.code : String(error)),
  );
}

describe("outward", function () {
  this.timeout(60_000);
  const servers: Server[] = [];
  const opened: Outward[] = [];
  let connections = 0;
  let port: number;

  async function serve(answer: (req: IncomingMessage, res: ServerResponse) => void, at?: number): Promise<number> {
    const server = createServer(answer);
    servers.push(server);
    server.listen(at ?? 0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }
  function open(policy: Policy, resolve?: Resolve): Outward {
    const outward = openOutward(policy, resolve);
    opened.push(outward);
    return outward;
  }
  const alwaysHere: Resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);

  before(async () => {
    port = await serve((_req, res) => res.end("canary"));
    servers[0]?.on("connection", () => (connections += 1));
  });
  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it(`refuses ${HOSTS.length + ODD_URLS.length} addresses that are not public, and a canary hears nothing`, async () => {
    const urls = [...HOSTS.map((host) => `http://${host}:PORT/hook`), ...ODD_URLS].map((url) =>
      url.replace("PORT", String(port)),
    );
    expect(urls.length).to.be.at.least(60);
    // Whatever slips through by its name would be led to the canary by this resolver.
    for (const policy of [ADDRESS_ALONE, PUBLIC_ONLY]) {
      const outward = open(policy, alwaysHere);
      for (const url of urls) {
        expect(await failureOf(outward.ask({ url, method: "POST", body: "{}" })), url).to.equal("outward_refused");
        expect(() => parseTarget(url, policy), url).to.throw(LedgerError);
      }
    }
    expect(connections).to.equal(0);
  });

  it("judges a name by what it resolves to as it is called: one private number among public ones refuses it", async () => {
    const answers: Record<string, string[]> = {
      "rebound.example.com": ["127.0.0.1"],
      "mixed.example.com": ["93.184.215.14", "127.0.0.1"],
      "six.example.com": ["::1"],
      "mapped.example.com": ["::ffff:127.0.0.1"],
      "metadata.example.com": ["169.254.169.254"],
      "nobody.example.com": [],
    };
    const resolve: Resolve = (name) =>
      Promise.resolve((answers[name] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
    const outward = open(ADDRESS_ALONE, resolve);
    for (const name of Object.keys(answers)) {
      const url = `http://${name}:${port}/hook`;
      expect(() => outward.assertTarget(url)).to.not.throw();
      expect(await failureOf(outward.ask({ url, method: "POST" })), name).to.equal("outward_refused");
    }
    expect(connections).to.equal(0);
  });

  it("goes to the very number that was judged: a resolver that changes its mind is asked once a connection", async () => {
    let asked = 0;
    const flips: Resolve = () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }]);
    };
    const before = connections;
    const answer = await open(ANYWHERE, flips).ask({ url: `http://shop.example.com:${port}/`, method: "GET" });
    expect([answer.body, asked, connections - before]).to.deep.equal(["canary", 1, 1]);
  });

  it("asks DNS for a stranger's name, both kinds of number, and gives up on a name server that does not answer", async () => {
    const servers = await startNameServer({
      "shop.example.com": ["93.184.215.14", "93.184.215.15"],
      "bad.example.com": ["127.0.0.1"],
    });
    const resolve = resolveByDns([`127.0.0.1:${servers.port}`]);
    expect(await resolve("shop.example.com")).to.deep.equal([
      { address: "93.184.215.14", family: 4 },
      { address: "93.184.215.15", family: 4 },
    ]);
    const outward = open(ADDRESS_ALONE, resolve);
    expect(await failureOf(outward.ask({ url: `http://bad.example.com:${port}/`, method: "GET" }))).to.equal(
      "outward_refused",
    );
    for (const name of ["unknown.example.com", "silent.example.com"])
      expect(await failureOf(outward.ask({ url: `http://${name}:${port}/`, method: "GET" })), name).to.equal(
        "outward_unreachable",
      );
    servers.close();
  });

  it("takes no nonsense for an answer", async () => {
    const raw = createRawServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    raw.listen(0, "127.0.0.1");
    await once(raw, "listening");
    const url = `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;
    expect(await failureOf(open(ANYWHERE).ask({ url, method: "GET" }))).to.equal("outward_unreachable");
    raw.close();
  });

  it("follows no redirect", async () => {
    const before = connections;
    const from = await serve((_req, res) => res.writeHead(307, { location: `http://127.0.0.1:${port}/meta` }).end());
    const answer = await open(ANYWHERE).ask({ url: `http://127.0.0.1:${from}/`, method: "POST", body: "x" });
    expect([answer.status, connections - before]).to.deep.equal([307, 0]);
  });

  it("waits for no slow answer, neither before its head nor in its body", async () => {
    const timers = new Set<NodeJS.Timeout>();
    const drip = await serve((_req, res) => {
      res.writeHead(200);
      const timer = setInterval(() => res.write("."), 20);
      timers.add(timer);
      res.on("close", () => clearInterval(timer));
    });
    const silent = await serve(() => {});
    const outward = open(ANYWHERE);
    for (const at of [drip, silent]) {
      const url = `http://127.0.0.1:${at}/`;
      expect(await failureOf(outward.ask({ url, method: "GET", timeoutMs: 300 }))).to.equal("outward_unreachable");
    }
    timers.forEach((timer) => clearInterval(timer));
  });

  it("reads no more than was asked for: the rest of 10 MB stays on the other side", async () => {
    const cut: Promise<void>[] = [];
    const long = await serve((req, res) => {
      cut.push(new Promise((resolve) => req.socket.on("error", () => {}).once("close", () => resolve())));
      res.end(Buffer.alloc(10_000_000, "a"));
    });
    const outward = open(ANYWHERE);
    const url = `http://127.0.0.1:${long}/`;
    const answer = await outward.ask({ url, method: "GET", answerBytesMax: 1_024, tooLong: "cut" });
    expect([answer.isCut, answer.body.length]).to.deep.equal([true, 1_024]);
    expect(await failureOf(outward.ask({ url, method: "GET" }))).to.equal("outward_answer_too_long");
    await Promise.all(cut);
  });

  it("unpacks nothing, and gives up on a head without end", async () => {
    const packed = await serve((_req, res) => res.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"));
    const endless = await serve((_req, res) => res.writeHead(200, { "x-long": "a".repeat(100_000) }).end());
    const outward = open(ANYWHERE);
    expect((await outward.ask({ url: `http://127.0.0.1:${packed}/`, method: "GET" })).body).to.equal("no gzip");
    expect(await failureOf(outward.ask({ url: `http://127.0.0.1:${endless}/`, method: "GET" }))).to.equal(
      "outward_unreachable",
    );
  });

  it("names the receiver, never its path or query, in what it says of a failure", async () => {
    const url = "http://127.0.0.1:1/private-path?token=hidden";
    const error = await open(ANYWHERE)
      .ask({ url, method: "GET" })
      .then(
        () => expect.fail("answered"),
        (refused: unknown) => refused as LedgerError,
      );
    expect([error.code, error.facts["problem"]]).to.deep.equal(["outward_unreachable", "ECONNREFUSED"]);
    expect(error.message + error.sentence("zh")).to.not.match(/hidden|private-path/);
  });

  it("knows a public number from one that only looks like one", () => {
    for (const address of ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1"])
      expect(isPublicAddress(address), address).to.equal(true);
    for (const address of ["", "example.com", "10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::1.1.1.1", "2001:db8::1"])
      expect(isPublicAddress(address), address).to.equal(false);
  });

  it("takes https on ports 443 and 8443 for strangers", () => {
    for (const url of ["https://shop.example.com/hook", "https://shop.example.com:8443/hook", "https://1.1.1.1/"])
      expect(parseTarget(url, PUBLIC_ONLY).href).to.contain("https://");
    for (const url of ["http://shop.example.com/", "https://shop.example.com:22/", "https://shop.example.com:6379/"])
      expect(() => parseTarget(url, PUBLIC_ONLY), url).to.throw(LedgerError);
  });
});
