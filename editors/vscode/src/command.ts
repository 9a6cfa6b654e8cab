// Which program to start. Nothing here knows the editor.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** The command for a value of the setting `superbill.server.command`, which may be anything a user can write. */
export function serverCommand(setting: unknown, env: NodeJS.ProcessEnv = process.env): ServerCommand {
  if (typeof setting === "string" && setting.trim() !== "") {
    return { program: expandHome(setting.trim()), args: ["serve"] };
  }
  if (Array.isArray(setting)) {
    const [program, ...args] = setting.filter((word): word is string => typeof word === "string");
    if (program !== undefined && program.trim() !== "") {
      return { program: expandHome(program.trim()), args };
    }
  }
  const found = findOnPath("superbill", env);
  if (found !== undefined) {
    return { program: found, args: ["serve"] };
  }
  return { program: process.platform === "win32" ? "python" : "python3", args: ["-m", "superbill", "serve"] };
}

export function commandLine(command: ServerCommand): string {
  return [command.program, ...command.args].map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(" ");
}

function expandHome(word: string): string {
  return /^~[\\/]/.test(word) ? path.join(os.homedir(), word.slice(2)) : word;
}

/** Only absolute folders count, so that a workspace cannot bring its own `superbill` by way of a relative PATH entry. */
function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const windows = process.platform === "win32";
  const file = windows ? `${name}.exe` : name;
  const value = env["PATH"] ?? env["Path"] ?? "";
  for (const folder of value.split(path.delimiter)) {
    if (!path.isAbsolute(folder)) {
      continue;
    }
    const candidate = path.join(folder, file);
    try {
      fs.accessSync(candidate, windows ? fs.constants.F_OK : fs.constants.X_OK);
      if (fs.statSync(candidate).isFile()) {
        return candidate;
      }
    } catch {
      // not here
    }
  }
  return undefined;
}
