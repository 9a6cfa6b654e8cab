// How the server is started: with the Python that is found and the server in the extension, or as the settings say.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { expandHome, firstFitting, ISOLATED, type Program, usualPythons } from "./python";

/** A program and its arguments, to which a sub-command of `superbill` is added. */
export interface Superbill {
  readonly program: string;
  readonly args: readonly string[];
  /** The arguments that make it a server; empty when `args` hold them. */
  readonly serve: readonly string[];
  /** Where it comes from, for the log. */
  readonly about: string;
  /** Whether it is the server in the extension. */
  readonly own: boolean;
}

/** Why there is no server to start, in words for the user. */
export class NoPython extends Error {
  constructor(
    message: string,
    /** Whether the setting names a Python that will not do; else none was found. */
    readonly bySetting: boolean,
  ) {
    super(message);
  }
}

export async function findSuperbill(context: vscode.ExtensionContext): Promise<Superbill> {
  const settings = vscode.workspace.getConfiguration("superbill");
  const chosen = fromSetting(settings.get<unknown>("server.command"));
  if (chosen !== undefined) {
    return chosen;
  }
  const beside = (name: string): string => vscode.Uri.joinPath(context.extensionUri, "dist", "server", name).fsPath;
  const compiled = compiledFolder(context);
  const { program, args, version } = await findPython(settings.get<unknown>("server.python"), [beside("ready.py"), compiled]);
  return {
    program,
    args: [...args, ...ISOLATED, "-X", `pycache_prefix=${compiled}`, beside("launch.py")],
    serve: ["serve"],
    about: `Python ${version}`,
    own: true,
  };
}

/** The value of `superbill.server.command`, which may be anything a user can write. */
function fromSetting(setting: unknown): Superbill | undefined {
  const about = "superbill.server.command";
  if (typeof setting === "string" && setting.trim() !== "") {
    return { program: expandHome(setting.trim()), args: [], serve: ["serve"], about, own: false };
  }
  if (Array.isArray(setting)) {
    const [program, ...args] = setting.filter((word): word is string => typeof word === "string");
    if (program !== undefined && program.trim() !== "") {
      const serves = args.at(-1) === "serve" ? args.slice(0, -1) : undefined;
      return { program: expandHome(program.trim()), args: serves ?? args, serve: serves ? ["serve"] : [], about, own: false };
    }
  }
  return undefined;
}

/** The Python to start the server with; `script` tells which one it is, and prepares the first start. */
async function findPython(setting: unknown, script: readonly string[]): Promise<Program & { version: string }> {
  const named = typeof setting === "string" ? expandHome(setting.trim()) : "";
  if (named !== "") {
    const found = await firstFitting([{ program: named, args: [] }], script);
    if ("python" in found) {
      return { ...found.python, version: found.version };
    }
    const why = found.tried[0]?.why ?? "is not there";
    throw new NoPython(`Superbill needs Python 3.10 or newer, and the setting superbill.server.python names ${named}, which ${why}.`, true);
  }
  const found = await firstFitting([...(await choiceOfPythonExtension()), ...usualPythons()], script);
  if ("python" in found) {
    return { ...found.python, version: found.version };
  }
  const tried = found.tried.map(({ name, why }) => `${name} ${why}`).join(", ");
  const which = tried === "" ? "none was found" : `none was found that will do (${tried})`;
  throw new NoPython(
    `Superbill needs Python 3.10 or newer, and ${which}. Install it, or say where it is; nothing else has to be installed.`,
    false,
  );
}

/** What the Python extension runs with. Not in a workspace that is not trusted: it may have brought that Python along. */
async function choiceOfPythonExtension(): Promise<Program[]> {
  try {
    const environments = await pythonEnvironments();
    if (environments === undefined) {
      return [];
    }
    const chosen = environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    const resolved = await Promise.race([environments.resolveEnvironment(chosen), late()]);
    const program = resolved?.executable?.uri?.fsPath ?? (path.isAbsolute(chosen.path) ? chosen.path : undefined);
    return program === undefined ? [] : [{ program, args: [] }];
  } catch {
    return [];
  }
}

/** Call back when another Python is chosen in the Python extension; undefined where that cannot be watched. */
export async function whenPythonIsChosen(act: () => void): Promise<vscode.Disposable | undefined> {
  try {
    return (await pythonEnvironments())?.onDidChangeActiveEnvironmentPath?.(act);
  } catch {
    return undefined;
  }
}

async function pythonEnvironments(): Promise<PythonApi["environments"]> {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) {
    return undefined;
  }
  return ((await Promise.race([extension.activate(), late()])) as PythonApi | undefined)?.environments;
}

/** The Python extension is not waited for longer than this. */
const late = (): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), 2_000));

/** As much of the Python extension's interface as is asked of it. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(chosen: { readonly path: string }): Promise<{ readonly executable?: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

/** Where Python keeps what it has compiled: the extension's own folder may not be written to. One folder per version. */
function compiledFolder(context: vscode.ExtensionContext): string {
  const all = vscode.Uri.joinPath(context.globalStorageUri, "compiled").fsPath;
  const version = String((context.extension.packageJSON as { version: string }).version);
  try {
    for (const old of fs.readdirSync(all)) {
      if (old !== version) {
        fs.rmSync(path.join(all, old), { recursive: true, force: true });
      }
    }
  } catch {
    // not there yet
  }
  return path.join(all, version);
}

export function commandLine(program: string, args: readonly string[]): string {
  return [program, ...args].map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(" ");
}
