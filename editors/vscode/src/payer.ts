// Choose the payer profile that charges are checked against, and where that choice is kept.
import * as vscode from "vscode";
import type { Session } from "./session";

interface Payers {
  readonly chosen: string;
  readonly default: string;
  readonly profiles: readonly { readonly id: string; readonly name: string; readonly base: string }[];
}

export async function choosePayer(session: Session): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const folder = vscode.workspace.workspaceFolders?.[0];
  const uri = (document?.uri.scheme === "file" ? document.uri : folder?.uri)?.toString() ?? "";
  const payers = await session.ask<Payers>("superbill.payers", [uri]);
  if (payers === undefined) {
    return;
  }
  const mark = (id: string): string => (payers.chosen === id ? "$(check) " : "");
  const picked = await vscode.window.showQuickPick(
    [
      {
        id: "",
        label: `${mark("")}By the file`,
        description: `what the file says of its payer, else ${payers.default}`,
      },
      ...payers.profiles.map(({ id, name, base }) => ({
        id,
        label: `${mark(id)}${name}`,
        description: base === "" ? id : `${id} · where it says nothing: ${base}`,
      })),
    ],
    { title: "Choose Payer", placeHolder: "The profile to check charges against", matchOnDescription: true },
  );
  if (picked === undefined) {
    return;
  }
  const settings = vscode.workspace.getConfiguration("superbill", document?.uri);
  const where = uri.startsWith("file:") && (folder !== undefined || document !== undefined) ? await askWhere() : "user";
  if (where === "user") {
    await settings.update("payer", picked.id === "" ? undefined : picked.id, vscode.ConfigurationTarget.Global);
    return;
  }
  if (where === undefined || !(await session.ask<boolean>("superbill.choosePayer", [uri, picked.id]))) {
    return;
  }
  // A choice in the editor's settings goes before the file's; it would make this one void.
  const values = settings.inspect<string>("payer");
  for (const [value, target] of [
    [values?.workspaceFolderValue, vscode.ConfigurationTarget.WorkspaceFolder],
    [values?.workspaceValue, vscode.ConfigurationTarget.Workspace],
    [values?.globalValue, vscode.ConfigurationTarget.Global],
  ] as const) {
    if (value) {
      await settings.update("payer", undefined, target);
    }
  }
}

async function askWhere(): Promise<"file" | "user" | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        where: "file" as const,
        label: "For this folder",
        description: "superbill.yaml",
        detail: "Holds for all who work on these files, and for `superbill check`.",
      },
      {
        where: "user" as const,
        label: "For me, everywhere",
        description: "user settings",
        detail: "Holds in this editor only, and goes before every superbill.yaml.",
      },
    ],
    { title: "Choose Payer", placeHolder: "Where to keep the choice" },
  );
  return picked?.where;
}
