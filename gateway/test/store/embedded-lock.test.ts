import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { LedgerError } from "../../src/kernel/errors.ts";
import { lockEmbedded } from "../../src/store/embedded-lock.ts";

describe("the embedded store's lock", () => {
  let folder: string;
  let directory: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ledger-lock-"));
    directory = join(folder, "store");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function refusal(): Promise<LedgerError> {
    return lockEmbedded(directory).then(
      () => expect.fail("the lock was given"),
      (error: unknown) => error as LedgerError,
    );
  }

  it("refuses a second holder with the first one's process id, and is free after it", async () => {
    const unlock = await lockEmbedded(directory);
    const refused = await refusal();
    expect([refused.code, refused.facts["pid"]]).to.deep.equal(["store_in_use", process.pid]);
    await unlock();
    await (
      await lockEmbedded(directory)
    )();
    expect(existsSync(`${directory}.lock`)).to.equal(false);
  });

  it("refuses while another process lives, and takes over when it was killed", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(other, "spawn");
    await writeFile(`${directory}.lock`, JSON.stringify({ pid: other.pid }));
    expect((await refusal()).facts["pid"]).to.equal(other.pid);
    other.kill("SIGKILL");
    await once(other, "exit");
    await (
      await lockEmbedded(directory)
    )();
  });

  it("takes over from a process id that now belongs to another process, and from half a lock file", async () => {
    await writeFile(`${directory}.lock`, JSON.stringify({ pid: process.pid, startedAt: "1" }));
    await (
      await lockEmbedded(directory)
    )();
    await writeFile(`${directory}.lock`, '{"pi');
    await (
      await lockEmbedded(directory)
    )();
  });

  it("gives a lock that many want at once to one of them", async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockEmbedded(directory)));
    expect(asked.filter(({ status }) => status === "fulfilled")).to.have.length(1);
  });
});
