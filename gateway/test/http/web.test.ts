/** How the gateway sends the web: a small one of its own making, so that nothing has to be built first. */
import { expect } from "chai";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import type { Rooms } from "../../src/commands/rooms.ts";
import { keyRoutes } from "../../src/http/routes/keys.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";

const PAGE = `<!doctype html><html lang="zh-CN"><title>积分通</title><script type="module" src="/assets/main-abc123.js"></script></html>`;
const SCRIPT = `document.title = "${"x".repeat(2_000)}";`;

interface Sent {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe("the web, as the gateway sends it", () => {
  let directory: string;
  let api: Api;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "web-"));
    const dist = join(directory, "dist");
    await mkdir(join(dist, "assets"), { recursive: true });
    await writeFile(join(directory, "secret.txt"), "not for readers");
    for (const [name, text] of [
      ["index.html", PAGE],
      ["assets/main-abc123.js", SCRIPT],
    ] as const) {
      await writeFile(join(dist, name), text);
      await writeFile(join(dist, `${name}.br`), brotliCompressSync(text));
      await writeFile(join(dist, `${name}.gz`), gzipSync(text));
    }
    await writeFile(join(dist, "favicon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    await writeFile(join(dist, ".hidden"), "not for readers");
    const rooms = { clock: wallClock, log: silentLog } as Rooms;
    api = await startApi(rooms, keyRoutes, { webDirectory: dist });
  });
  after(async () => {
    await api.close();
    await rm(directory, { recursive: true });
  });

  /** The path goes out as it is written: fetch would tidy it. */
  function get(
    path: string,
    { method = "GET", headers = {} }: { method?: string; headers?: object } = {},
  ): Promise<Sent> {
    const { hostname, port } = new URL(api.url);
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path, method, headers: { ...headers } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      });
      asked.on("error", reject).end();
    });
  }

  for (const path of [
    "/",
    "/points",
    "/council/proposals/7",
    "/merchant/issue?x=1",
    "/nowhere/at/all",
    "/v1x",
    "/apis",
  ])
    it(`answers ${path} with the page, which is asked for anew each time`, async () => {
      const { status, headers, body } = await get(path);
      expect([status, headers["content-type"], headers["cache-control"]]).to.deep.equal([
        200,
        "text/html;charset=utf-8",
        "no-cache",
      ]);
      expect(body.toString()).to.equal(PAGE);
    });

  it("lets a browser keep what carries its content in its name for a year, and check the rest by a tag", async () => {
    const script = await get("/assets/main-abc123.js");
    expect(script.headers["cache-control"]).to.equal("public, max-age=31536000, immutable");
    expect(script.headers["content-type"]).to.match(/^text\/javascript/);
    const page = await get("/");
    const again = await get("/", { headers: { "if-none-match": page.headers.etag } });
    expect([again.status, again.body.length]).to.deep.equal([304, 0]);
  });

  for (const [encoding, open] of [
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const)
    it(`sends what was compressed before to whoever takes ${encoding}`, async () => {
      for (const [path, text] of [
        ["/assets/main-abc123.js", SCRIPT],
        ["/members", PAGE],
      ] as const) {
        const { headers, body } = await get(path, { headers: { "accept-encoding": encoding } });
        expect(headers["content-encoding"], path).to.equal(encoding);
        expect(headers.vary, path).to.match(/Accept-Encoding/);
        expect(open(body).toString(), path).to.equal(text);
      }
    });

  it("prefers brotli, and sends plain text to whoever takes neither", async () => {
    const both = await get("/assets/main-abc123.js", { headers: { "accept-encoding": "gzip, deflate, br" } });
    expect(both.headers["content-encoding"]).to.equal("br");
    const none = await get("/assets/main-abc123.js");
    expect([none.headers["content-encoding"], none.body.toString()]).to.deep.equal([undefined, SCRIPT]);
  });

  it("lets the page take scripts and data from here alone, and be framed by nobody", async () => {
    for (const path of ["/", "/merchant"]) {
      const { headers } = await get(path);
      const policy = String(headers["content-security-policy"]).split(";");
      expect(policy)
        .to.include("default-src 'self'")
        .and.include("frame-ancestors 'none'")
        .and.include("object-src 'none'");
      expect(policy.filter((part) => /script-src|unsafe-eval|https?:/.test(part))).to.deep.equal([]);
      expect(policy.find((part) => part.startsWith("style-src"))).to.equal("style-src 'self' 'unsafe-inline'");
      expect(headers["x-content-type-options"]).to.equal("nosniff");
      expect(headers["referrer-policy"]).to.equal("no-referrer");
      expect(headers["x-powered-by"]).to.equal(undefined);
    }
  });

  it("leaves the API its own, stricter policy", async () => {
    const { headers } = await get("/v1/keys");
    expect(headers["content-security-policy"]).to.not.include("unsafe-inline");
  });

  for (const path of [
    "/v1/nowhere",
    "/v1",
    "/v1/",
    "/openapi.json/x",
    "/docs/nowhere",
    "/profiles/none.json",
    "/metrics/x",
  ])
    it(`says of ${path} that there is nothing, as a problem in JSON`, async () => {
      const { status, headers, body } = await get(path, { headers: { accept: "text/html" } });
      expect([status, headers["content-type"]]).to.deep.equal([404, "application/problem+json; charset=utf-8"]);
      expect(JSON.parse(body.toString())).to.include({ code: "not_found", status: 404 });
    });

  for (const path of [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/%00",
    "/.hidden",
    "/%ff",
  ])
    it(`gives nothing away for ${path}`, async () => {
      const { status, body } = await get(path);
      expect(status).to.be.oneOf([200, 400, 404]);
      expect(body.toString()).to.not.include("not for readers");
    });

  it("answers HEAD like GET, without the file", async () => {
    for (const path of ["/", "/assets/main-abc123.js"]) {
      const [head, whole] = [await get(path, { method: "HEAD" }), await get(path)];
      expect([head.status, head.body.length], path).to.deep.equal([200, 0]);
      expect(head.headers["content-length"], path).to.equal(whole.headers["content-length"]);
    }
  });

  it("takes nothing else than reads", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const { status, headers } = await get("/points", { method });
      expect([status, headers["content-type"]]).to.deep.equal([404, "application/problem+json; charset=utf-8"]);
    }
  });

  it("says that a script is gone instead of sending the page in its place", async () => {
    const { status, headers } = await get("/assets/main-of-before.js");
    expect([status, headers["content-type"]]).to.deep.equal([404, "application/problem+json; charset=utf-8"]);
  });
});
