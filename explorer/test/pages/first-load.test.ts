/** What the first look at the overview costs: every script that came over the line, as it came, compressed. */
import { expect } from "chai";
import { sharedStage } from "../support/stage.ts";
import { settled } from "../support/visit.ts";

/** Bytes on the line; a phone on a slow network (400 kB/s) has them in less than a second. */
const SCRIPT_BYTES_MAX = 300_000;

describe("the first load of the overview", function () {
  this.timeout(240_000);
  for (const locale of ["zh-CN", "en"])
    it(`is at most ${SCRIPT_BYTES_MAX / 1_000} kB of compressed script in ${locale}`, async () => {
      const { browser, url } = await sharedStage();
      const context = await browser.newContext({ baseURL: url, locale });
      const page = await context.newPage();
      const line = await context.newCDPSession(page);
      await line.send("Network.enable");
      const scripts = new Map<string, string>();
      let bytes = 0;
      line.on("Network.responseReceived", ({ requestId, type, response }) => {
        if (type === "Script") scripts.set(requestId, response.url);
      });
      line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) bytes += encodedDataLength;
      });
      await page.goto("/");
      await settled(page);
      await page.waitForLoadState("networkidle").catch(() => undefined);
      await context.close();
      expect(scripts.size, "scripts that came").to.be.greaterThan(0);
      expect(bytes, `bytes of ${scripts.size} scripts`).to.be.at.most(SCRIPT_BYTES_MAX);
    });
});
