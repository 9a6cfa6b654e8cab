// Look up a code by number or words while typing; Enter puts it into the file.
import * as vscode from "vscode";
import { rangeOfWord, type Pages } from "./pages";
import type { Session } from "./session";

interface Hit {
  readonly kind: "procedure" | "modifier";
  readonly code: string;
  readonly title: string;
}

interface Item extends vscode.QuickPickItem {
  readonly hit: Hit;
}

const PAUSE_MS = 40;
const MOST = 40;
const ENTRY: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("book"), tooltip: "Open Catalog Entry" };

export async function lookUpCode(session: Session, pages: Pages): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = "Look Up a Code";
  picker.placeholder = "A number or words: 7638, ct abd contrast, 3d render";
  picker.value = editor === undefined ? "" : editor.document.getText(editor.selection).split(/\r?\n/)[0]!.slice(0, 60);
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;

  const search = async (): Promise<void> => {
    const mine = ++asked;
    const words = picker.value.trim();
    if (words === "") {
      picker.items = [];
      picker.busy = false;
      return;
    }
    picker.busy = true;
    const hits = await session.ask<Hit[]>("superbill.lookup", [words, MOST]);
    if (mine !== asked) {
      return; // something else has been typed since
    }
    picker.busy = false;
    if (hits === undefined) {
      picker.hide();
      return;
    }
    picker.items = hits.map((hit) => ({
      label: hit.code,
      description: hit.kind === "modifier" ? `${hit.title} (modifier)` : hit.title || "no entry in the catalog",
      alwaysShow: true, // the server has searched already
      buttons: [ENTRY],
      hit,
    }));
  };

  picker.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), PAUSE_MS);
  });
  picker.onDidTriggerItemButton(({ item }) => void pages.showEntry(item.hit.code));
  picker.onDidAccept(async () => {
    const chosen = picker.selectedItems[0];
    if (chosen === undefined) {
      return;
    }
    picker.hide();
    if (editor === undefined || editor.document.isClosed) {
      await pages.showEntry(chosen.hit.code);
    } else {
      await insert(editor, chosen.hit);
    }
  });
  picker.onDidHide(() => {
    clearTimeout(timer);
    asked++;
    picker.dispose();
  });
  picker.show();
  await search();
}

/** In place of what is selected, else of the code or modifier that the cursor stands in, else at the cursor. */
async function insert(editor: vscode.TextEditor, hit: Hit): Promise<void> {
  const word = rangeOfWord(editor);
  const text = word === undefined ? "" : editor.document.getText(word);
  const alike = text.length === hit.code.length && /\d|^[A-Za-z]{2}$/.test(text);
  const place = editor.selection.isEmpty && word !== undefined && alike ? word : editor.selection;
  const done = await editor.edit((edit) => edit.replace(place, hit.code));
  if (!done) {
    void vscode.window.showWarningMessage(`${hit.code} could not be inserted: the file cannot be changed.`);
  }
}
