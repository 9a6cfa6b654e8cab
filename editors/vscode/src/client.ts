// The language client: how it speaks to the server, and what it does when the server goes away.
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type ErrorHandlerResult,
  type LanguageClientOptions,
  type ServerOptions,
} from "vscode-languageclient/node";
import { commandLine, type ServerCommand } from "./command";

const LANGUAGES = ["csv", "tsv", "plaintext", "markdown", "x12", "hl7", "json", "jsonc", "jsonl", "yaml"];
const PATTERN = "**/*.{csv,tsv,psv,txt,md,837,837i,837p,x12,edi,hl7,dft,json,ndjson,jsonl,yaml,yml}";
const SCHEMES = ["file", "untitled"];

const START_SECONDS = 30;
const CRASHES_ALLOWED = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;

/** Errors go to the log; what the user has to know is said once, by `onTrouble`. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server {
  private readonly client: LanguageClient;
  private running = false;
  private stopping = false;
  private told = false;
  private crashes: number[] = [];

  constructor(
    private readonly command: ServerCommand,
    cwd: string,
    private readonly log: vscode.LogOutputChannel,
    trace: vscode.LogOutputChannel,
    watcher: vscode.FileSystemWatcher,
    private readonly onTrouble: (message: string) => void,
  ) {
    // The working folder is not the workspace: `python -m` would look there for a package first.
    const run = { command: command.program, args: [...command.args], options: { cwd } };
    const serverOptions: ServerOptions = { run, debug: run };
    const clientOptions: LanguageClientOptions = {
      documentSelector: SCHEMES.flatMap((scheme) => [
        ...LANGUAGES.map((language) => ({ scheme, language })),
        { scheme, pattern: PATTERN },
      ]),
      synchronize: { configurationSection: "superbill", fileEvents: watcher },
      outputChannel: log,
      traceOutputChannel: trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(),
    };
    this.client = new QuietClient("superbill", "Superbill", serverOptions, clientOptions);
    this.client.onDidChangeState(({ newState }) => {
      this.running = newState === State.Running;
    });
  }

  async start(): Promise<void> {
    this.log.info(`starting: ${commandLine(this.command)}`);
    const timer = setTimeout(() => {
      this.tell(`it gave no answer within ${START_SECONDS} seconds`);
      this.client.serverProcess?.kill();
    }, START_SECONDS * 1000);
    try {
      await this.client.start();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 300)); // if the process has ended, `closed` says so meanwhile
      this.tell(startFailure(error));
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

  private tell(reason: string): void {
    if (this.told || this.stopping) {
      return;
    }
    this.told = true;
    this.onTrouble(
      `Superbill could not start its server with "${commandLine(this.command)}": ${reason}. ` +
        "Install the Superbill server so that \"superbill\" is on the PATH, or set superbill.server.command to where it is.",
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
          this.tell("it stopped at once");
        } else if (this.crashes.length <= CRASHES_ALLOWED) {
          return { action: CloseAction.Restart, handled: true };
        } else if (!this.stopping) {
          this.onTrouble(
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
