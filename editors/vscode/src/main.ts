// What the extension is made of. Everything about codes is the server's; this is how it is started, asked and shown.
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { endUpdates, updateCatalog } from "./catalog";
import { WorkspaceCheck } from "./check";
import { mapColumns } from "./columns";
import { openExamples } from "./examples";
import type { Superbill } from "./launch";
import { linked } from "./links";
import { lookUpCode } from "./lookup";
import { isBuiltIn, Pages } from "./pages";
import { choosePayer } from "./payer";
import { Session } from "./session";
import { StatusBar } from "./status";

let session: Session | undefined;

export async function start(context: vscode.ExtensionContext, found: Promise<Superbill>): Promise<void> {
  const middleware: Middleware = {
    executeCommand: (command, args, next) =>
      command === "superbill.explain" && typeof args[0] === "string" && isBuiltIn(args[0])
        ? pages.showRule(args[0])
        : next(command, args),
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await status.during(next(document, previous, token));
      if (report !== null && report !== undefined && "items" in report) {
        report.items.forEach(linked);
      }
      return report;
    },
    provideWorkspaceDiagnostics: (known, token, take, next) =>
      next(known, token, (part) => {
        part?.items.forEach((file) => "items" in file && file.items.forEach(linked));
        take(part);
      }),
  };
  const current = new Session(context, middleware);
  const pages = new Pages(current);
  const status = new StatusBar(current);
  const workspaceCheck = new WorkspaceCheck(current);
  session = current;

  const commands: Record<string, () => unknown> = {
    "superbill.restartServer": () => current.restart(),
    "superbill.showLog": () => current.log.show(),
    "superbill.lookUpCode": () => lookUpCode(current, pages),
    "superbill.selectPayer": () => choosePayer(current),
    "superbill.mapColumns": () => mapColumns(current),
    "superbill.updateCatalog": () => updateCatalog(current),
    "superbill.openExamples": () => openExamples(context),
    "superbill.openWalkthrough": () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
    "superbill.showMenu": () => showMenu(context),
  };
  context.subscriptions.push(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
    ...pages.register(),
    ...status.register(),
    ...workspaceCheck.register(),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (current.state === "stopped") {
        void current.restart(); // the Python extension's choice may be used from now on
      }
    }),
  );
  await current.restart(found);
}

export async function stop(): Promise<void> {
  endUpdates();
  await session?.stop();
}

/** The commands, behind the item in the status bar. */
async function showMenu(context: vscode.ExtensionContext): Promise<void> {
  const { contributes } = context.extension.packageJSON as {
    contributes: { commands: { command: string; title: string; icon?: string }[] };
  };
  const picked = await vscode.window.showQuickPick(
    contributes.commands.filter(({ command }) => command !== "superbill.showMenu").map(({ command, title, icon }) => ({
      label: `${icon ?? "$(circle-small)"} ${title}`,
      command,
    })),
    { title: "Superbill" },
  );
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command);
  }
}
