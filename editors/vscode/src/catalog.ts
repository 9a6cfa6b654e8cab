// Fetch newer public tables: the one thing that uses the network, run in a terminal, where its terms are read first.
import { execFile } from "node:child_process";
import * as vscode from "vscode";
import type { Superbill } from "./launch";
import type { Session } from "./session";

export async function updateCatalog(session: Session): Promise<void> {
  const superbill = session.superbill;
  if (superbill === undefined) {
    void vscode.window.showWarningMessage("The Superbill server is not running, so there is nothing to update its catalog with.");
    return;
  }
  if (!(await canUpdate(superbill))) {
    void vscode.window.showInformationMessage(
      "This Superbill cannot fetch tables by itself. A newer version of the extension brings newer tables.",
    );
    return;
  }
  const go = "Show Terms";
  const choice = await vscode.window.showInformationMessage(
    "Update the catalog?",
    {
      modal: true,
      detail:
        "Superbill fetches the public tables of CMS that are newer than its own. This uses the network; nothing of your files is sent. " +
        "A terminal shows the terms of the tables first, and fetches nothing until you accept them there.",
    },
    go,
  );
  if (choice !== go) {
    return;
  }
  const task = new vscode.Task(
    { type: "superbill" },
    vscode.TaskScope.Workspace,
    "update catalog",
    "superbill",
    new vscode.ProcessExecution(superbill.program, [...superbill.args, "catalog", "update"]),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, clear: true, panel: vscode.TaskPanelKind.Dedicated };
  const running = await vscode.tasks.executeTask(task);
  const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution === running) {
      ended.dispose();
      if (exitCode === 0) {
        void session.restart(); // the new tables hold from here on
      }
    }
  });
}

/** Whether the server's command has `catalog update`; older ones do not. */
function canUpdate(superbill: Superbill): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(superbill.program, [...superbill.args, "catalog", "update", "--help"], { timeout: 15_000, windowsHide: true }, (error) =>
      resolve(error === null),
    );
  });
}
