// `superbill.trace.server` decides alone whether messages are traced. The language client would otherwise go by the
// log level of the channel, which a user has to find first.
import * as vscode from "vscode";

export function traceChannel(log: vscode.LogOutputChannel, subscriptions: vscode.Disposable[]): vscode.LogOutputChannel {
  const level = (): vscode.LogLevel =>
    vscode.workspace.getConfiguration("superbill").get("trace.server", "off") === "off"
      ? vscode.LogLevel.Info
      : vscode.LogLevel.Trace;
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("superbill.trace.server")) {
        changed.fire(level());
      }
    }),
  );
  return Object.create(log, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: changed.event },
    trace: { value: (message: string, ...args: unknown[]) => log.info(message, ...args) },
  }) as vscode.LogOutputChannel;
}
