// The server of this window: started, restarted, asked; and what is said to the user when it cannot be had.
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { Server } from "./client";
import { findSuperbill, NoPython, type Superbill, whenPythonIsChosen } from "./launch";
import { traceChannel } from "./trace";

const DOWNLOADS = vscode.Uri.parse("https://www.python.org/downloads/");

export type State = "starting" | "running" | "stopped";

export class Session {
  readonly log: vscode.LogOutputChannel;
  private readonly trace: vscode.LogOutputChannel;
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChange = this.changed.event;
  private server: Server | undefined;
  private queue: Promise<void> = Promise.resolve();
  private toldOfRestart = false;
  private choice: vscode.Disposable | undefined;
  private current: State = "stopped";
  /** The program that the server was started with, for commands that run in a terminal. */
  superbill: Superbill | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly middleware: Middleware,
  ) {
    this.log = vscode.window.createOutputChannel("Superbill", { log: true });
    this.trace = traceChannel(this.log, context.subscriptions);
    context.subscriptions.push(
      this.log,
      this.changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (["server.command", "server.python", "workspaceDiagnostics"].some((name) => event.affectsConfiguration(`superbill.${name}`))) {
          void this.restart();
        }
      }),
    );
  }

  get state(): State {
    return this.current;
  }

  get client(): Server["client"] | undefined {
    return this.server?.isRunning ? this.server.client : undefined;
  }

  /** Start it, or start it again; `found` is what it is to be started with, where somebody looks for that already. */
  restart(found?: Promise<Superbill>): Promise<void> {
    void this.server?.stop(); // at once, so that a server that hangs while starting does not hold up the queue
    return this.inTurn(async () => {
      await this.server?.stop();
      this.server = undefined;
      this.become("starting");
      try {
        this.superbill = await (found ?? findSuperbill(this.context));
      } catch (error) {
        this.superbill = undefined;
        this.become("stopped");
        if (!(error instanceof NoPython)) {
          throw error;
        }
        void this.sayNoPython(error);
        void this.tryWhenPythonIsChosen();
        return;
      }
      const server = new Server(this.superbill, this.context.extensionPath, this.log, this.trace, this.middleware, {
        trouble: (message) => void this.sayTrouble(message),
        restarted: () => void this.sayRestarted(),
        changed: (running) => this.server === server && this.become(running ? "running" : "stopped"),
      });
      this.server = server;
      await server.start();
      this.become(server.isRunning ? "running" : "stopped");
    });
  }

  async stop(): Promise<void> {
    const last = this.server;
    this.choice?.dispose();
    void last?.stop();
    await this.inTurn(async () => {
      await last?.stop();
      this.server = undefined;
    });
  }

  /** Ask the server; undefined, and a word to the user, when there is none. */
  async ask<T>(command: string, args: readonly unknown[] = [], token?: vscode.CancellationToken): Promise<T | undefined> {
    await this.queue;
    if (this.server === undefined || !this.server.isRunning) {
      const restart = "Restart Server";
      void vscode.window.showWarningMessage("The Superbill server is not running.", restart).then((choice) => {
        if (choice === restart) {
          void this.restart();
        }
      });
      return undefined;
    }
    return this.server.run<T>(command, args, token);
  }

  /** The same without a word, for what nobody has asked for. */
  async askQuietly<T>(command: string, args: readonly unknown[] = []): Promise<T | undefined> {
    try {
      return this.server?.isRunning ? await this.server.run<T>(command, args) : undefined;
    } catch {
      return undefined;
    }
  }

  /** One start or stop at a time. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  /** There was no Python that will do: when another is chosen in the Python extension, that one is tried. */
  private async tryWhenPythonIsChosen(): Promise<void> {
    this.choice ??= await whenPythonIsChosen(() => {
      if (this.superbill === undefined && this.current === "stopped") {
        void this.restart();
      }
    });
  }

  private become(state: State): void {
    this.current = state;
    this.changed.fire(state);
  }

  private async sayTrouble(message: string): Promise<void> {
    const openSetting = "Open Setting";
    const showLog = "Show Log";
    this.log.error(message);
    const choice = await vscode.window.showErrorMessage(message, openSetting, showLog);
    if (choice === openSetting) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "superbill.server");
    } else if (choice === showLog) {
      this.log.show();
    }
  }

  private async sayRestarted(): Promise<void> {
    this.log.warn("the server stopped and is started again");
    if (this.toldOfRestart) {
      return;
    }
    this.toldOfRestart = true;
    const showLog = "Show Log";
    const choice = await vscode.window.showWarningMessage(
      "The Superbill server stopped by itself and was started again. Your files are as they were.",
      showLog,
    );
    if (choice === showLog) {
      this.log.show();
    }
  }

  private async sayNoPython(error: NoPython): Promise<void> {
    this.log.error(error.message);
    const download = "Get Python";
    const choose = "Choose Python...";
    const again = "Try Again";
    const openSetting = "Open Setting";
    const buttons = error.bySetting ? [openSetting, choose, download] : [download, choose, again];
    const choice = await vscode.window.showErrorMessage(error.message, ...buttons);
    if (choice === download) {
      await vscode.env.openExternal(DOWNLOADS);
    } else if (choice === again) {
      await this.restart();
    } else if (choice === openSetting) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "superbill.server.python");
    } else if (choice === choose) {
      const picked = await vscode.window.showOpenDialog({ title: "Python 3.10 or newer", openLabel: "Use This Python" });
      if (picked?.[0] !== undefined) {
        await vscode.workspace.getConfiguration("superbill").update("server.python", picked[0].fsPath, vscode.ConfigurationTarget.Global);
      }
    }
  }
}
