import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { endOf, endProcess, isAlive, runningProcess, spawnApart } from "../../../scripts/tooling/process.ts";
import { besuPid } from "../../nodes/besu-process.ts";
import { followLines, lastLines, setOldLogAside } from "../../nodes/log-reader.ts";
import { networkFolder } from "../../plan/folder.ts";

describe("processes that outlive their starter", function () {
  this.timeout(60_000);
  let base: string;
  const children: ChildProcess[] = [];

  /** Runs until it is told to end; says first that it listens to signals. */
  const start = async (script: string, ...args: string[]): Promise<number> => {
    const child = spawn(
      process.execPath,
      ["-e", `${script}; console.log("ready"); setInterval(() => 0, 1e6)`, ...args],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    children.push(child);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return child.pid ?? 0;
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "processes-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(base, { recursive: true });
  });

  it("are known by their words as well as by their number", async () => {
    const file = join(base, "pid");
    writeFileSync(file, String(await start("", "--", "--data-path=/a/b")));
    expect(runningProcess(file, "--data-path=/a/b ")).to.equal(Number(readFileSync(file, "utf8")));
    expect(runningProcess(file, "--data-path=/a ")).to.equal(undefined);
    expect(runningProcess(join(base, "none"), "")).to.equal(undefined);
    for (const nonsense of ["", "0", "-1", "words"]) {
      writeFileSync(file, nonsense);
      expect(runningProcess(file, ""), nonsense).to.equal(undefined);
      expect(isAlive(Number(nonsense)), nonsense).to.equal(false);
    }
  });

  it("are found as a node's Besu whether the start script or its Java runs", async () => {
    const folder = networkFolder(base);
    const { besuPid: file, data, path } = folder.node("alpha-1");
    mkdirSync(path, { recursive: true });
    const java = [
      "-classpath",
      "/opt/besu/lib/*",
      "org.hyperledger.besu.Besu",
      `--data-path=${data}`,
      "--rpc-http-host=x",
    ];
    for (const words of [java, ["/opt/besu/bin/besu", `--data-path=${data}`, "--last"]]) {
      const pid = await start("", "--", ...words);
      writeFileSync(file, String(pid));
      expect(besuPid(folder, "alpha-1"), words.join(" ")).to.equal(pid);
    }
    writeFileSync(file, String(await start("", "--", `--data-path=${data}-2`)));
    expect(besuPid(folder, "alpha-1"), "another node's").to.equal(undefined);
  });

  it("end when asked, and are killed when they do not listen", async () => {
    const kind = await start("");
    expect(await endProcess(kind, { patienceMs: 20_000 })).to.equal("asked");
    const deaf = await start('process.on("SIGTERM", () => 0)');
    expect(await endProcess(deaf, { patienceMs: 500 })).to.equal("killed");
    expect([kind, deaf].map(isAlive)).to.deep.equal([false, false]);
    expect(await endProcess(kind, { patienceMs: 500 }), "one that is gone").to.equal("asked");
  });

  it("tell how they ended, also when they never began, and keep their log", async () => {
    const apart = (command: string, ...args: string[]) =>
      spawnApart({
        ...{ command, args, cwd: base, env: { PATH: process.env["PATH"] } },
        ...{ pidFile: join(base, "pid"), logFile: join(base, "logs", "log") },
      });
    expect(await endOf(apart(process.execPath, "-e", 'console.log("one"); process.exit(3)'))).to.include("code 3");
    expect(await endOf(apart(process.execPath, "-e", 'console.error("two")'))).to.include("code 0");
    expect(readFileSync(join(base, "logs", "log"), "utf8")).to.equal("one\ntwo\n");
    expect(await endOf(apart(join(base, "no-such-program")))).to.include("could not be started");
  });

  it("have logs whose last lines are read from the end", () => {
    const log = join(base, "log");
    expect(lastLines(log, 5)).to.deep.equal([]);
    writeFileSync(log, Array.from({ length: 30_000 }, (_, index) => `行 ${index}\n`).join(""));
    expect(lastLines(log, 3)).to.deep.equal(["行 29997", "行 29998", "行 29999"]);
    expect(lastLines(log, 40_000)).to.have.length(30_000);
    appendFileSync(log, "half");
    expect(lastLines(log, 2)).to.deep.equal(["行 29999", "half"]);
  });

  it("begin a new log when the old one is long, and keep that", () => {
    const log = join(base, "log");
    setOldLogAside(log);
    writeFileSync(log, "short");
    setOldLogAside(log);
    expect(existsSync(`${log}.1`)).to.equal(false);
    truncateSync(log, 64 * 1024 * 1024 + 1);
    setOldLogAside(log);
    expect([existsSync(`${log}.1`), existsSync(log)]).to.deep.equal([true, false]);
  });

  it("have logs that are followed line by line, through a truncation", async () => {
    const log = join(base, "log");
    writeFileSync(log, "old\n");
    const stop = new AbortController();
    const heard: string[] = [];
    const following = followLines(log, (line) => heard.push(line), stop.signal);
    const until = async (count: number): Promise<void> => {
      while (heard.length < count) await sleep(20);
    };
    appendFileSync(log, "first\nsec");
    await until(1);
    appendFileSync(log, "ond\n");
    await until(2);
    truncateSync(log);
    appendFileSync(log, "a\n");
    await until(3);
    stop.abort();
    await following;
    expect(heard).to.deep.equal(["first", "second", "a"]);
  });
});
