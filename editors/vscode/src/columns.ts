// Say what the columns of a file hold, where its headings do not. Kept in superbill.yaml, for the files of its kind.
import * as vscode from "vscode";
import type { Session } from "./session";

interface Columns {
  readonly columns: readonly { readonly index: number; readonly heading: string; readonly role: string; readonly number: number }[];
  readonly roles: readonly { readonly role: string; readonly title: string }[];
  readonly folder: boolean;
  readonly pattern: string;
}

export async function mapColumns(session: Session): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage("Open a charge file with columns first, such as a CSV export.");
    return;
  }
  const uri = document.uri.toString();
  for (;;) {
    const answer = await session.ask<Columns>("superbill.columns", [uri]);
    if (answer === undefined) {
      return;
    }
    const named = answer.columns.filter(({ heading }) => heading.trim() !== "");
    if (named.length === 0) {
      void vscode.window.showInformationMessage(
        "This file has no columns with headings that could be mapped: it is no table, or its first row holds data.",
      );
      return;
    }
    if (!answer.folder) {
      void vscode.window.showInformationMessage(
        "What columns hold is kept in superbill.yaml. Save the file in a folder and open that folder first.",
      );
      return;
    }
    const titles = new Map(answer.roles.map(({ role, title }) => [role, title]));
    const column = await vscode.window.showQuickPick(
      named.map(({ heading, role, number }) => ({
        label: heading,
        description: role === "" ? "$(circle-slash) not read" : `${titles.get(role) ?? role}${number > 0 ? ` ${number}` : ""}`,
        role,
      })),
      { title: `Map Columns of ${answer.pattern}`, placeHolder: "Pick a column to say what it holds; Escape when all are right" },
    );
    if (column === undefined) {
      return;
    }
    const role = await vscode.window.showQuickPick(
      answer.roles.map((one) => ({
        label: `${one.role === column.role ? "$(check) " : ""}${sentence(one.title)}`,
        description: one.role,
        role: one.role,
      })),
      { title: `What does "${column.label}" hold?`, placeHolder: `Written to superbill.yaml, for ${answer.pattern}`, matchOnDescription: true },
    );
    if (role !== undefined && role.role !== column.role) {
      await session.ask("superbill.nameColumn", [uri, column.label, role.role]);
    }
  }
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
