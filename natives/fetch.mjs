// Fetches the prebuilt llama.cpp libraries of one platform into a folder, once. Run by the build:
//   node fetch.mjs NAME DESTINATION      NAME is a folder beside this file: linux-x64, linux-x64-cuda, ...
// npm checks the package against the integrity hash in NAME/package-lock.json, and every library is checked against its hash in
// NAME/SHA256SUMS, in this run and in each later one: a folder that holds anything else is fetched again. A lock keeps parallel
// builds from fetching twice, and the final rename means that DESTINATION is either complete or absent. The copy of the lockfile
// in DESTINATION says which version it holds. Errors are printed in the form that MSBuild shows as errors.
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [name, destination] = process.argv.slice(2);
const manifest = path.join(path.dirname(fileURLToPath(import.meta.url)), name);
const lockfile = path.join(manifest, "package-lock.json");
const dependency = Object.entries(JSON.parse(fs.readFileSync(path.join(manifest, "package.json"), "utf8")).dependencies)[0];
const wanted = dependency.join("@");
const elsewhere = "or set the environment variable COGNITIVETOOLS_NATIVES to a folder that holds the libraries, or build without them: -p:CognitiveToolsNative=none.";

class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const sleep = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Whatever a folder holds that the loader would take for a library. */
const librariesOf = (folder) => fs.readdirSync(folder).filter((file) => /\.(so|dll|dylib)(\.|$)/i.test(file)).sort();

/** What is wrong with the libraries of a folder; undefined when they are exactly those of SHA256SUMS. */
function problemOf(folder) {
  const expected = new Map(
    fs.readFileSync(path.join(manifest, "SHA256SUMS"), "utf8").split("\n").filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  const present = librariesOf(folder);
  for (const file of present) {
    if (!expected.has(file)) return `${file} is not among the files that natives/${name}/SHA256SUMS records`;
    const actual = crypto.createHash("sha256").update(fs.readFileSync(path.join(folder, file))).digest("hex");
    if (actual !== expected.get(file)) return `${file} has SHA-256 ${actual}, and natives/${name}/SHA256SUMS records ${expected.get(file)}`;
  }
  const missing = [...expected.keys()].find((file) => !present.includes(file));
  return missing && `${missing} is missing`;
}

const isPresent = () => {
  const marker = path.join(destination, "package-lock.json");
  if (!fs.existsSync(marker) || fs.readFileSync(marker, "utf8") !== fs.readFileSync(lockfile, "utf8")) return false;
  const problem = problemOf(destination);
  if (problem) console.log(`${destination}: ${problem}; it is fetched again.`);
  return !problem;
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** One process at a time; the lock of a process that died is taken over. */
function withLock(action) {
  const lock = `${destination}.lock`;
  fs.mkdirSync(path.dirname(destination), { recursive: true });
  const deadline = Date.now() + 15 * 60_000;
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      let owner = 0;
      try {
        owner = Number(fs.readFileSync(lock, "utf8"));
      } catch {
        continue; // it was released in between
      }
      if (owner > 0 && !isAlive(owner)) {
        fs.rmSync(lock, { force: true });
        continue;
      }
      if (Date.now() > deadline) throw new Failure("COGN05", `another build (process ${owner}) has held ${lock} for 15 minutes. End it, delete the file, and build again.`);
      sleep(200);
    }
  }
  try {
    action();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function runNpm(folder) {
  const { os, cpu, libc } = JSON.parse(fs.readFileSync(lockfile, "utf8")).packages[`node_modules/${dependency[0]}`];
  const flags = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error", `--os=${os[0]}`, `--cpu=${cpu[0]}`];
  if (libc) flags.push(`--libc=${libc[0]}`);
  const result = spawnSync("npm", flags, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
  if (result.error?.code === "ENOENT") throw new Failure("COGN01", `npm was not found, so ${wanted} cannot be fetched. Install Node.js 20 or later with npm, ${elsewhere}`);
  if (result.error) throw result.error;
  if (result.status === 0) return;
  const output = `${result.stdout}${result.stderr}`;
  const tail = output.trim().split(/\r?\n/).slice(-3).join(" | ");
  if (output.includes("EINTEGRITY"))
    throw new Failure("COGN02", `${wanted} does not match the integrity hash recorded in natives/${name}/package-lock.json: it was altered on the way. Clear npm's cache (npm cache clean --force) and build again; if that repeats, do not use that registry. ${tail}`);
  if (/\b(E404|ETARGET)\b/.test(output))
    throw new Failure("COGN03", `the npm registry in use does not have ${wanted}. Configure a registry that has it (npm config set registry URL), ${elsewhere} ${tail}`);
  throw new Failure("COGN04", `npm could not fetch ${wanted} (exit code ${result.status}). Correct what it says and build again, ${elsewhere} ${tail}`);
}

/** The libraries that the binding loads; not the Node addon and not llama.cpp's command line helpers. */
const isLibrary = (file) => /^(lib)?(llama|ggml)[.-].*(so|dylib|dll)$/.test(file) && !/^(lib)?llama-(common|addon)/.test(file);

function fetch() {
  const work = fs.mkdtempSync(`${destination}.new-`);
  try {
    for (const file of ["package.json", "package-lock.json"]) fs.copyFileSync(path.join(manifest, file), path.join(work, file));
    console.log(`Fetching ${wanted} (once; kept in ${destination})`);
    runNpm(work);
    const installed = path.join(work, "node_modules", ...dependency[0].split("/"));
    const bins = path.join(installed, "bins", name);
    const files = fs.existsSync(bins) ? fs.readdirSync(bins).filter(isLibrary) : [];
    if (!files.some((file) => /^(lib)?llama\./.test(file))) throw new Failure("COGN06", `${wanted} holds no llama library in bins/${name}. The package is not what was recorded: report this with your npm configuration.`);
    const complete = path.join(work, "complete");
    fs.mkdirSync(complete);
    for (const file of files) fs.renameSync(path.join(bins, file), path.join(complete, file));
    const problem = problemOf(complete);
    if (problem) throw new Failure("COGN08", `${wanted} does not hold the libraries that were recorded: ${problem}. Do not use that registry; if the version was changed on purpose, record the new hashes (natives/README.md).`);
    for (const file of fs.readdirSync(installed).filter((file) => /^licen[cs]e/i.test(file))) fs.copyFileSync(path.join(installed, file), path.join(complete, file));
    fs.copyFileSync(lockfile, path.join(complete, "package-lock.json"));
    if (fs.existsSync(destination)) fs.renameSync(destination, path.join(work, "outdated"));
    fs.renameSync(complete, destination);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

try {
  if (!isPresent()) withLock(() => isPresent() || fetch());
} catch (error) {
  console.error(`natives/${name} : error ${error.code ?? "COGN00"}: ${error.message}`);
  process.exitCode = 1;
}
