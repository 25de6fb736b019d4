/** `npm start` as people meet it: up, stopped, up again, killed, and everything that can be wrong on a machine. */
import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LedgerProcess } from "./ledger-process.ts";

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });

const demoKeysOf = (ledger: LedgerProcess): string => readFileSync(join(ledger.dataDir, "demo-keys.json"), "utf8");

describe("npm start", () => {
  let ledger: LedgerProcess;

  before(async () => {
    ledger = await LedgerProcess.create();
    await ledger.start();
  });

  after(() => ledger.cleanUp());

  it("answers that it is ready and tells where to look", async () => {
    expect((await fetch(`${ledger.url}/readyz`)).status).to.equal(200);
    expect((await fetch(`${ledger.url}/docs`)).status).to.equal(200);
    expect((await fetch(`${ledger.url}/profiles/xiangcunji.json`)).status).to.equal(200);
  });

  it("plays the main job through the public API, every number as the chain says", async () => {
    const { code, output } = await ledger.runScript("demo");
    expect(code, output).to.equal(0);
  });

  it("stops on Ctrl-C and goes on with the same chain, keys and data", async () => {
    const [genesis, keys] = [await ledger.rpc("eth_getBlockByNumber", "0x0", false), demoKeysOf(ledger)];
    const head = Number(await ledger.rpc("eth_blockNumber"));
    const stopped = await ledger.stop();
    expect(stopped.code, stopped.output).to.equal(0);
    expect(existsSync(join(ledger.dataDir, "start.pid"))).to.equal(false);

    const output = await ledger.start();
    expect(output).to.contain("goes on where it stopped");
    expect(output).not.to.contain("Playing");
    expect(await ledger.rpc("eth_getBlockByNumber", "0x0", false)).to.deep.equal(genesis);
    expect(Number(await ledger.rpc("eth_blockNumber"))).to.be.at.least(head);
    expect(demoKeysOf(ledger)).to.equal(keys);
  });

  it("plays the main job again after the restart", async () => {
    const { code, output } = await ledger.runScript("demo");
    expect(code, output).to.equal(0);
  });

  it("refuses a second start on the same data in one sentence", async () => {
    const second = await LedgerProcess.create();
    const { code, output } = await second.startExpectingEnd("--data-dir", ledger.dataDir);
    await second.cleanUp();
    expect(code).to.equal(1);
    expect(output).to.contain("Another npm start");
  });

  it("says that the gateway ended when it is killed, and stops the rest", async () => {
    ledger.killGateway();
    const { code, output } = await ledger.waitForEnd();
    expect(code).to.equal(1);
    expect(output).to.contain("The gateway ended: it was ended by SIGKILL");
    await ledger.start();
  });

  it("takes over what a killed start left running, with nothing lost", async () => {
    const head = Number(await ledger.rpc("eth_blockNumber"));
    await ledger.killStarter();
    const output = await ledger.start();
    expect(output).to.contain("its state is saved and it is stopped");
    expect(Number(await ledger.rpc("eth_blockNumber"))).to.be.at.least(head);
  });

  it("says what to do when a saved chain can not be read", async () => {
    await ledger.stop();
    const file = join(ledger.dataDir, "chain", "state.json");
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const { code, output } = await ledger.startExpectingEnd();
    writeFileSync(file, whole);
    expect(code).to.equal(1);
    expect(output).to.contain("can not be read").and.to.contain("npm start -- --fresh");
    expect(output).not.to.contain("    at ");
  });

  it("says what to do when a port is taken", async () => {
    for (const [port, flag] of [
      [ledger.port, "--port"],
      [ledger.chainPort, "--chain-port"],
    ] as const) {
      const server = await listenOn(port);
      const { code, output } = await ledger.startExpectingEnd();
      await new Promise((resolve) => server.close(resolve));
      expect(code).to.equal(1);
      expect(output).to.contain(`Port ${port} on 127.0.0.1 is taken`).and.to.contain(flag);
    }
  });

  it("begins anew with --fresh, and goes on when it was killed while deploying, seeding and handing over", async () => {
    const keys = demoKeysOf(ledger);
    await ledger.startUntil("A new local chain runs", "--fresh");
    await sleep(1_000);
    await ledger.killStarter();
    await ledger.startUntil("Playing");
    await sleep(1_000);
    await ledger.killStarter();
    await ledger.startUntil("Handing keys");
    await ledger.killStarter();
    await ledger.start();
    expect(demoKeysOf(ledger)).not.to.equal(keys);
    const { timestamp } = (await ledger.rpc("eth_getBlockByNumber", "latest", false)) as { timestamp: string };
    expect(Number(timestamp)).to.be.closeTo(Date.now() / 1_000, 30);
    const { code, output } = await ledger.runScript("demo");
    expect(code, output).to.equal(0);
    const stopped = await ledger.stop();
    expect(stopped.code, stopped.output).to.equal(0);
  });
});
