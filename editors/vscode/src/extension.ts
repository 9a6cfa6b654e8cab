import * as vscode from "vscode";
import { Server } from "./client";
import { serverCommand } from "./command";
import { traceChannel } from "./trace";

let server: Server | undefined;
let queue: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Superbill", { log: true });
  const trace = traceChannel(log, context.subscriptions);
  const watcher = vscode.workspace.createFileSystemWatcher("**/superbill.yaml");

  const restart = (): Promise<void> => {
    void server?.stop(); // at once, so that a server that hangs while starting does not hold up the queue
    return inTurn(async () => {
      await server?.stop();
      const setting = vscode.workspace.getConfiguration("superbill").get<unknown>("server.command");
      const command = serverCommand(setting);
      server = new Server(command, context.extensionPath, log, trace, watcher, (message) => void say(message, log));
      await server.start();
    });
  };

  context.subscriptions.push(
    log,
    watcher,
    vscode.commands.registerCommand("superbill.restartServer", restart),
    vscode.commands.registerCommand("superbill.showLog", () => log.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("superbill.server.command")) {
        void restart();
      }
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  const last = server;
  void last?.stop();
  await inTurn(async () => {
    await last?.stop();
    server = undefined;
  });
}

/** One start or stop at a time. */
function inTurn(work: () => Promise<void>): Promise<void> {
  queue = queue.then(work, work);
  return queue;
}

async function say(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const openSetting = "Open Setting";
  const showLog = "Show Log";
  log.error(message);
  const choice = await vscode.window.showErrorMessage(message, openSetting, showLog);
  if (choice === openSetting) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "superbill.server.command");
  } else if (choice === showLog) {
    log.show();
  }
}
