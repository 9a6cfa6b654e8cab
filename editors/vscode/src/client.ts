// The language client: how it speaks to the server, and what it does when the server goes away.
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type ErrorHandlerResult,
  type LanguageClientOptions,
  type Middleware,
  type ServerOptions,
} from "vscode-languageclient/node";
import { commandLine, type Superbill } from "./launch";

const LANGUAGES = [
  "csv", "tsv", "csv (pipe)", "csv (semicolon)", "plaintext", "markdown", "x12", "hl7", "json", "jsonc", "jsonl", "yaml",
];
const PATTERN = "**/*.{csv,tsv,tab,psv,txt,md,837,837i,837p,x12,edi,hl7,dft,json,ndjson,jsonl,yaml,yml}";
/** Files, new documents, and the files of virtual workspaces; not the other side of a comparison, nor an output. */
export const SCHEMES = ["file", "untitled", "vscode-vfs"];

const START_SECONDS = 30;
const CRASHES_ALLOWED = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;

/** What happens to a server that the user may have to know. */
export interface Told {
  /** It cannot be started, or stops again and again. */
  trouble(message: string): void;
  /** It stopped and is being started again. */
  restarted(): void;
  /** It came up, or went away. */
  changed(running: boolean): void;
}

/** Whether the findings of all files of the workspace shall be listed, open or not. */
export function listsClosedFiles(): boolean {
  return vscode.workspace.getConfiguration("superbill").get("workspaceDiagnostics", false);
}

/** Errors go to the log; what the user has to know is said once, by `Told`. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server {
  readonly client: LanguageClient;
  private running = false;
  private stopping = false;
  private told = false;
  private crashes: number[] = [];

  constructor(
    private readonly superbill: Superbill,
    cwd: string,
    private readonly log: vscode.LogOutputChannel,
    trace: vscode.LogOutputChannel,
    middleware: Middleware,
    private readonly tell: Told,
  ) {
    // The working folder is not the workspace: `python -m` would look there for a package first.
    const run = { command: superbill.program, args: [...superbill.args, ...superbill.serve], options: { cwd } };
    const serverOptions: ServerOptions = { run, debug: run };
    const clientOptions: LanguageClientOptions = {
      documentSelector: SCHEMES.flatMap((scheme) => [
        ...LANGUAGES.map((language) => ({ scheme, language })),
        { scheme, pattern: PATTERN },
      ]),
      // Known from the start: a server that lists closed files is asked for them again and again, and their findings are kept.
      initializationOptions: { superbill: { workspaceDiagnostics: listsClosedFiles() } },
      synchronize: { configurationSection: "superbill" }, // which files to watch, the server says itself
      outputChannel: log,
      traceOutputChannel: trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(),
      middleware,
    };
    this.client = new QuietClient("superbill", "Superbill", serverOptions, clientOptions);
    this.client.onDidChangeState(({ newState }) => {
      this.running = newState === State.Running;
      tell.changed(this.running);
    });
  }

  async start(): Promise<void> {
    this.log.info(`starting: ${this.commandLine()} (${this.superbill.about})`);
    const timer = setTimeout(() => {
      this.failed(`it gave no answer within ${START_SECONDS} seconds`);
      this.client.serverProcess?.kill();
    }, START_SECONDS * 1000);
    try {
      await this.client.start();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 300)); // if the process has ended, `closed` says so meanwhile
      this.failed(startFailure(error));
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.client.serverProcess;
    try {
      await this.client.dispose();
    } catch {
      child?.kill(); // it was still starting, or did not answer the shutdown
    }
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Ask the server to do something by name. */
  async run<T>(command: string, args: readonly unknown[], token?: vscode.CancellationToken): Promise<T> {
    const params = { command, arguments: [...args] as never[] };
    return (await this.client.sendRequest(ExecuteCommandRequest.type, params, token)) as T;
  }

  private commandLine(): string {
    return commandLine(this.superbill.program, [...this.superbill.args, ...this.superbill.serve]);
  }

  private failed(reason: string): void {
    if (this.told || this.stopping) {
      return;
    }
    this.told = true;
    this.tell.trouble(
      this.superbill.own
        ? `Superbill could not start its server (${this.superbill.about}): ${reason}. The log says more; ` +
            "if this Python is broken, name another one in superbill.server.python."
        : `Superbill could not start the server that superbill.server.command names, "${this.commandLine()}": ${reason}. ` +
            "Mend the setting, or empty it to use the server in the extension.",
    );
  }

  private errorHandler(): ErrorHandler {
    return {
      error: (_error, _message, count): ErrorHandlerResult => ({
        action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: (): CloseHandlerResult => {
        const now = Date.now();
        this.crashes = [...this.crashes.filter((when) => now - when < CRASH_WINDOW_MS), now];
        if (!this.running) {
          this.failed("it stopped at once");
        } else if (this.crashes.length <= CRASHES_ALLOWED) {
          if (!this.stopping) {
            this.tell.restarted();
          }
          return { action: CloseAction.Restart, handled: true };
        } else if (!this.stopping) {
          this.tell.trouble(
            `The Superbill server stopped ${this.crashes.length} times within three minutes and is not started again. ` +
              "The log says what happened; the command \"Superbill: Restart Server\" starts it anew.",
          );
        }
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }
}

function startFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || text.includes("ENOENT")) {
    return "there is no such program";
  }
  if (code === "EACCES" || text.includes("EACCES")) {
    return "the program may not be run";
  }
  return "it did not answer as a language server";
}
