// Check all files of the workspace once; what is found in files that are not open goes to the Problems panel.
import * as vscode from "vscode";
import { ProgressType, type Diagnostic } from "vscode-languageclient/node";
import { listsClosedFiles } from "./client";
import { linked } from "./links";
import type { Session } from "./session";

interface Totals {
  readonly files: number;
  readonly unread: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
}

type Word = { readonly uri: string; readonly diagnostics: Diagnostic[] } | { readonly done: number; readonly files: number };

const PROGRESS = new ProgressType<Word>();
const PAUSE_MS = 400;

export class WorkspaceCheck {
  private readonly found = vscode.languages.createDiagnosticCollection("superbill-workspace");
  private readonly stale = new Set<string>();
  private checked = false;
  private runs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {}

  register(): vscode.Disposable[] {
    const files = vscode.workspace.createFileSystemWatcher("**/*.{csv,tsv,tab,psv,txt,md,markdown,837,837i,837p,x12,edi,hl7,dft,json,ndjson,jsonl,yaml,yml}");
    const changed = (uri: vscode.Uri): void => this.again(uri);
    return [
      this.found,
      files,
      files.onDidChange(changed),
      files.onDidCreate(changed),
      files.onDidDelete((uri) => this.found.delete(uri)),
      vscode.commands.registerCommand("superbill.check", () => this.run()),
      // An open file has findings of its own, which follow every keystroke.
      vscode.workspace.onDidOpenTextDocument((document) => this.found.delete(document.uri)),
      vscode.workspace.onDidCloseTextDocument((document) => this.again(document.uri)),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("superbill.workspaceDiagnostics") && this.clear()),
      { dispose: () => clearTimeout(this.timer) },
    ];
  }

  private clear(): void {
    this.found.clear();
    this.checked = false;
  }

  private async run(): Promise<void> {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      void vscode.window.showInformationMessage("Open a folder first: Check Workspace reads the charge files and notes in it.");
      return;
    }
    const totals = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Superbill: checking the workspace", cancellable: true },
      async (progress, token) => {
        this.found.clear();
        this.checked = true;
        let before = 0;
        return this.ask({}, token, (done, files) => {
          progress.report({ message: `${done} of ${files} files`, increment: ((done - before) * 100) / Math.max(files, 1) });
          before = done;
        });
      },
    );
    if (totals === undefined) {
      return; // cancelled, or there is no server: both are known to the user
    }
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    void vscode.window.showInformationMessage(summary(totals));
  }

  /** One file has changed on disk or was closed: check it again, if the workspace was checked. */
  private again(uri: vscode.Uri): void {
    if (!this.checked || uri.scheme !== "file" || vscode.workspace.getWorkspaceFolder(uri) === undefined) {
      return;
    }
    this.stale.add(uri.toString());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const uris = [...this.stale];
      this.stale.clear();
      void this.ask({ uris }, undefined, () => undefined);
    }, PAUSE_MS);
  }

  private async ask(
    what: { uris?: string[] },
    token: vscode.CancellationToken | undefined,
    step: (done: number, files: number) => void,
  ): Promise<Totals | undefined> {
    const client = this.session.client;
    const name = `superbill-check-${++this.runs}`;
    const listening = client?.onProgress(PROGRESS, name, (word) => {
      if ("uri" in word) {
        void this.show(word.uri, word.diagnostics);
      } else {
        step(word.done, word.files);
      }
    });
    try {
      return await this.session.ask<Totals>("superbill.checkWorkspace", [{ ...what, token: name }], token);
    } catch (error) {
      if (token?.isCancellationRequested !== true) {
        this.session.log.error(`the workspace could not be checked: ${error instanceof Error ? error.name : "unknown error"}`);
      }
      return undefined;
    } finally {
      listening?.dispose();
    }
  }

  private async show(address: string, diagnostics: Diagnostic[]): Promise<void> {
    const client = this.session.client;
    const uri = vscode.Uri.parse(address);
    const converted = (await client?.protocol2CodeConverter.asDiagnostics(diagnostics)) ?? [];
    if (listsClosedFiles() || vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) {
      return; // listed already, or opened meanwhile
    }
    this.found.set(uri, converted.map(linked));
  }
}

function summary(totals: Totals): string {
  const said = (
    [
      [totals.error, "error", "errors"],
      [totals.warning, "warning", "warnings"],
      [totals.information + totals.hint, "note", "notes"],
    ] as const
  ).filter(([count]) => count > 0).map(([count, one, many]) => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`);
  const files = `${totals.files.toLocaleString("en-US")} ${totals.files === 1 ? "file" : "files"} that ${totals.files === 1 ? "was" : "were"} not open`;
  const unread = totals.unread > 0 ? ` ${totals.unread} could not be read or are too large; \`superbill check\` takes those.` : "";
  return `Superbill checked ${files}: ${said.length > 0 ? said.join(", ") : "no findings"}.${unread}`;
}
