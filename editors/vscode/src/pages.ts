// Read-only pages from the server: the catalog entry of a code, the page of a rule. Shown as Markdown, beside the file.
import * as vscode from "vscode";
import type { Session } from "./session";

const SCHEME = "superbill-page";
const CODE = /^[0-9A-Z]{5}$/;
const MODIFIER = /^[0-9A-Z]{2}$/;

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly severity: string;
}

export class Pages implements vscode.TextDocumentContentProvider {
  constructor(private readonly session: Session) {}

  register(): vscode.Disposable[] {
    return [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.commands.registerCommand("superbill.openEntry", (code?: unknown) => this.openEntry(code)),
      vscode.commands.registerCommand("superbill.explainRule", (rule?: unknown) => this.explainRule(rule)),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [, kind, file = ""] = uri.path.split("/");
    const name = file.replace(/\.md$/, "");
    const page = await this.session.ask<string>(kind === "rule" ? "superbill.rulePage" : "superbill.entry", [name, uri.query]);
    return page || `# ${name}\n\nThe catalog has nothing under this name.\n`;
  }

  showRule(id: string): Promise<void> {
    return this.showPage("rule", id);
  }

  showEntry(code: string): Promise<void> {
    return this.showPage("entry", code);
  }

  /** The address of the file goes along: the page speaks for the payer, and the team's own rules, that hold there. */
  private async showPage(kind: string, name: string): Promise<void> {
    const query = vscode.window.activeTextEditor?.document.uri.toString() ?? "";
    await show(vscode.Uri.from({ scheme: SCHEME, path: `/${kind}/${name}.md`, query }));
  }

  /** The entry of a code: the one given, else the one under the cursor, else one that is asked for. */
  private async openEntry(given: unknown): Promise<void> {
    const code = typeof given === "string" ? given : wordAt(vscode.window.activeTextEditor);
    const wanted = code ?? (await vscode.window.showInputBox({
      title: "Open Catalog Entry",
      prompt: "A CPT or HCPCS code, such as 76380, or a modifier, such as 26",
      validateInput: (text) => (isKey(text) ? undefined : "Five characters for a code, two for a modifier"),
    }));
    if (wanted !== undefined && isKey(wanted)) {
      await this.showEntry(wanted.trim().toUpperCase());
    }
  }

  /** The page of a rule: the one given, else the one found at the cursor, else one that is picked; those of the file come first. */
  private async explainRule(given: unknown): Promise<void> {
    if (typeof given === "string") {
      return this.showRule(given);
    }
    const editor = vscode.window.activeTextEditor;
    const found = editor === undefined ? [] : vscode.languages.getDiagnostics(editor.document.uri).filter(isOurs);
    const here = new Set(found.filter((one) => editor !== undefined && one.range.contains(editor.selection.active)).map(ruleOf));
    if (here.size === 1) {
      return this.showRule([...here][0]!);
    }
    const rules = await this.session.ask<Rule[]>("superbill.rules", [editor?.document.uri.toString() ?? ""]); // with the team's own
    if (rules === undefined) {
      return;
    }
    const inFile = new Set(found.map(ruleOf));
    const item = (rule: Rule): vscode.QuickPickItem => ({ label: rule.id, description: rule.title, detail: `${rule.name} · ${rule.severity}` });
    const groups: [string, Rule[]][] = [
      ["at the cursor", rules.filter((rule) => here.has(rule.id))],
      ["in this file", rules.filter((rule) => inFile.has(rule.id) && !here.has(rule.id))],
      ["all rules", rules.filter((rule) => !inFile.has(rule.id))],
    ];
    const items = groups.flatMap(([label, members]) =>
      members.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...members.map(item)],
    );
    const picked = await vscode.window.showQuickPick(items, {
      title: "Explain a Rule",
      placeHolder: "A rule's number, or words of what it finds",
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked !== undefined) {
      await this.showRule(picked.label);
    }
  }
}

/** The code or modifier under the cursor, if it looks like one. */
export function wordAt(editor: vscode.TextEditor | undefined): string | undefined {
  const range = editor === undefined ? undefined : rangeOfWord(editor);
  const word = range === undefined ? undefined : editor!.document.getText(range).toUpperCase();
  return word !== undefined && isKey(word) && /\d/.test(word) ? word : undefined;
}

/** Where the letters and digits around the cursor stand. */
export function rangeOfWord(editor: vscode.TextEditor): vscode.Range | undefined {
  return editor.document.getWordRangeAtPosition(editor.selection.active, /[0-9A-Za-z]+/);
}

/** Whether a rule is one of Superbill's; a team's own have a dash in their name, and lead to where they are written. */
export function isBuiltIn(rule: string): boolean {
  return /^[A-Z]\d+$/.test(rule);
}

export function isOurs(diagnostic: vscode.Diagnostic): boolean {
  return diagnostic.source === "superbill";
}

function ruleOf(diagnostic: vscode.Diagnostic): string {
  const code = diagnostic.code;
  return String(typeof code === "object" ? code.value : code);
}

function isKey(text: string): boolean {
  const wanted = text.trim().toUpperCase();
  return CODE.test(wanted) || MODIFIER.test(wanted);
}

/** Beside the file, and the cursor stays in the file. */
async function show(uri: vscode.Uri): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  try {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  } catch {
    // the Markdown extension may be switched off
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
  if (editor !== undefined && editor.viewColumn !== undefined && !editor.document.isClosed) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  }
}
