// Which Python runs the server. Nothing here knows the editor.
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A program with the arguments that come before all others (`py -3`). */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
}

/** What a program turned out to be: a Python that will do, or why it will not. */
export type Probe =
  | { readonly fits: true; readonly version: string }
  | { readonly fits: false; readonly why: string };

export interface Found {
  readonly python: Program;
  readonly version: string;
}

export interface Missing {
  /** The programs that were tried, and what each lacks. */
  readonly tried: readonly { readonly name: string; readonly why: string }[];
}

const OLDEST = [3, 10] as const;
const PATIENCE_MS = 10_000;
/** What the script says: the version, and whether SQLite has the index that the catalog is searched by. */
const PROBED = /superbill-probe (\d+)\.(\d+)\.(\d+) ([01])/;

/** The arguments that keep a Python to itself: no PYTHON... variables, no user's packages, no site packages. */
export const ISOLATED = ["-I", "-S", "-X", "utf8"] as const;

/** What a program says to a script that tells which Python it is: its path, and what it is to be told. */
export async function probe(candidate: Program, script: readonly string[]): Promise<Probe> {
  const answer = await run(candidate.program, [...candidate.args, "-S", "-E", ...script], PROBED);
  const match = PROBED.exec(answer ?? "");
  if (match === null) {
    return { fits: false, why: answer === undefined ? "cannot be run" : "is no Python" };
  }
  const version = `${match[1]}.${match[2]}.${match[3]}`;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return { fits: false, why: `is Python ${version}` };
  }
  return match[4] === "1" ? { fits: true, version } : { fits: false, why: `is Python ${version} built without SQLite's full-text index` };
}

/** The first candidate that will do. Names are looked up on the PATH; each program is tried once. */
export async function firstFitting(candidates: readonly Program[], script: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Found | Missing> {
  const tried: { name: string; why: string }[] = [];
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const program = path.isAbsolute(candidate.program) ? candidate.program : onPath(candidate.program, env);
    const key = [program, ...candidate.args].join(" ");
    if (program === undefined || seen.has(key) || (await opensInstaller(program))) {
      continue;
    }
    seen.add(key);
    const answer = await probe({ program, args: candidate.args }, script);
    if (answer.fits) {
      return { python: { program, args: candidate.args }, version: answer.version };
    }
    tried.push({ name: [candidate.program, ...candidate.args].join(" "), why: answer.why });
  }
  return { tried };
}

/** The names a Python may go by on the PATH, the usual ones first; then places where installers put it. */
export function usualPythons(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): Program[] {
  const plain = (program: string): Program => ({ program, args: [] });
  const found = platform === "win32" ? [plain("python3"), plain("python"), { program: "py", args: ["-3"] }] : [plain("python3"), plain("python")];
  for (let minor = 15; minor >= OLDEST[1]; minor--) {
    found.push(plain(`python3.${minor}`));
    if (platform === "win32" && env["LOCALAPPDATA"]) {
      found.push(plain(path.join(env["LOCALAPPDATA"], "Programs", "Python", `Python3${minor}`, "python.exe")));
    }
  }
  if (platform === "darwin") {
    found.push(plain("/opt/homebrew/bin/python3"), plain("/usr/local/bin/python3"));
  }
  return found;
}

export function expandHome(word: string): string {
  return /^~[\\/]/.test(word) ? path.join(os.homedir(), word.slice(2)) : word;
}

/** Only absolute folders count, so that a workspace cannot bring its own program by way of a relative PATH entry. */
export function onPath(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const windows = process.platform === "win32";
  const file = windows && !/\.exe$/i.test(name) ? `${name}.exe` : name;
  const value = env["PATH"] ?? env["Path"] ?? "";
  for (const folder of value.split(path.delimiter)) {
    const candidate = path.join(folder, file);
    if (path.isAbsolute(folder) && runnable(candidate, windows)) {
      return candidate;
    }
  }
  return undefined;
}

function runnable(file: string, windows: boolean): boolean {
  try {
    fs.accessSync(file, windows ? fs.constants.F_OK : fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** On a Mac without the developer tools, running /usr/bin/python3 opens a window that offers to install them. */
async function opensInstaller(program: string): Promise<boolean> {
  return process.platform === "darwin" && program === "/usr/bin/python3" && (await run("/usr/bin/xcode-select", ["-p"])) === undefined;
}

/** What a program writes, all of it or as soon as it holds what is looked for: then the program may go on by itself.
 * Undefined when it cannot be run; of one that fails, the empty text. */
function run(program: string, args: readonly string[], wanted?: RegExp): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const child = spawn(program, [...args], { stdio: ["ignore", "pipe", "ignore"], windowsHide: true, cwd: os.homedir() });
    const patience = setTimeout(() => child.kill(), PATIENCE_MS);
    const say = (answer: string | undefined): void => {
      clearTimeout(patience);
      resolve(answer);
    };
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      if (wanted?.test(text)) {
        say(text);
      }
    });
    child.on("error", () => say(undefined));
    child.on("close", (code) => say(code === 0 ? text : ""));
  });
}
