// A folder of charge files to try things on: a copy, so that nothing done to it is lost on the next person.
import * as vscode from "vscode";

export async function openExamples(context: vscode.ExtensionContext): Promise<void> {
  const source = vscode.Uri.joinPath(context.extensionUri, "dist", "examples");
  const target = vscode.Uri.joinPath(context.globalStorageUri, "examples");
  await vscode.workspace.fs.createDirectory(target);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(source)) {
    const copy = vscode.Uri.joinPath(target, name);
    if (type === vscode.FileType.File && !(await exists(copy))) {
      // read and written, not copied: the originals may be read-only
      await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(source, name)));
    }
  }
  const empty = (vscode.workspace.workspaceFolders ?? []).length === 0 && vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty);
  await vscode.commands.executeCommand("vscode.openFolder", target, { forceNewWindow: !empty });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
