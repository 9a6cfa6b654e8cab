// The item in the status bar: payer profile, catalog edition, findings in this file, and whether work is going on.
import * as vscode from "vscode";
import { isOurs } from "./pages";
import type { Session } from "./session";

export interface Status {
  readonly payer: string;
  readonly payerName: string;
  readonly payerChosen: boolean;
  readonly edition: string;
  readonly editions: readonly string[];
  readonly dialect: string | null;
  readonly lines: number;
  readonly mentions: number;
  readonly settings: string | null;
  readonly settingsProblems: readonly string[];
}

const PAUSE_MS = 150;
const BUSY_AFTER_MS = 300;
const FORMATS: Record<string, string> = {
  delimited: "table", x12: "X12 837", hl7: "HL7 v2", fhir: "FHIR", yaml: "charge sheet", sheet: "charge sheet", prose: "note",
};

export class StatusBar {
  private readonly item: vscode.StatusBarItem;
  private timer: NodeJS.Timeout | undefined;
  private running = 0;
  private busySince: NodeJS.Timeout | undefined;
  private isBusy = false;
  private shown: vscode.TextDocument | undefined;
  private last: { uri: string; status: Status } | undefined;

  constructor(private readonly session: Session) {
    this.item = vscode.window.createStatusBarItem("superbill.status", vscode.StatusBarAlignment.Right, 100);
    this.item.name = "Superbill";
    this.item.command = "superbill.showMenu";
  }

  register(): vscode.Disposable[] {
    const soon = (): void => this.soon();
    return [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(soon),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = this.shown?.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) {
          this.soon();
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("superbill") && this.soon()),
      this.session.onDidChange(soon),
      { dispose: () => clearTimeout(this.timer) },
    ];
  }

  /** Work that the user waits for; the bar says so when it takes longer than a moment. */
  async during<T>(work: Thenable<T> | T): Promise<T> {
    this.running++;
    this.busySince ??= setTimeout(() => {
      this.isBusy = true;
      this.draw();
    }, BUSY_AFTER_MS);
    try {
      return await work;
    } finally {
      if (--this.running === 0) {
        clearTimeout(this.busySince);
        this.busySince = undefined;
        if (this.isBusy) {
          this.isBusy = false;
          this.draw();
        }
        this.soon();
      }
    }
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), PAUSE_MS);
  }

  private async update(): Promise<void> {
    const document = this.document();
    if (document !== undefined && this.session.state === "running") {
      const uri = document.uri.toString();
      const status = await this.session.askQuietly<Status>("superbill.status", [uri]);
      this.last = status ? { uri, status } : undefined;
    }
    this.draw();
  }

  /** The file that the bar speaks of: the active one, or the last one while a page beside it has the focus. */
  private document(): vscode.TextDocument | undefined {
    const active = vscode.window.activeTextEditor?.document;
    const visible = vscode.window.visibleTextEditors.some((editor) => editor.document === this.shown);
    this.shown = active ?? (visible ? this.shown : undefined);
    return this.shown;
  }

  private draw(): void {
    const document = this.document();
    if (document === undefined) {
      this.item.hide();
      return;
    }
    this.item.backgroundColor = undefined;
    if (this.session.state !== "running") {
      const starting = this.session.state === "starting";
      this.item.text = starting ? "$(sync~spin) Superbill" : "$(warning) Superbill";
      this.item.tooltip = starting ? "The Superbill server is starting" : "The Superbill server is not running";
      this.item.backgroundColor = starting ? undefined : new vscode.ThemeColor("statusBarItem.warningBackground");
      this.item.show();
      return;
    }
    const status = this.last?.uri === document.uri.toString() ? this.last.status : undefined;
    if (status === undefined || (status.dialect === null && status.settingsProblems.length === 0)) {
      this.item.hide(); // nothing of ours in this file
      return;
    }
    const found = vscode.languages.getDiagnostics(document.uri).filter(isOurs);
    const icon = this.isBusy ? "$(sync~spin)" : status.settingsProblems.length > 0 ? "$(warning)" : "$(checklist)";
    const count = found.length === 0 ? "no findings" : found.length === 1 ? "1 finding" : `${found.length.toLocaleString("en-US")} findings`;
    this.item.text = `${icon} ${status.payer} · ${status.edition} · ${count}`;
    this.item.tooltip = tooltip(status, found);
    this.item.accessibilityInformation = { label: `Superbill: payer profile ${status.payer}, ${status.edition}, ${count}` };
    this.item.show();
  }
}

function tooltip(status: Status, found: readonly vscode.Diagnostic[]): vscode.MarkdownString {
  const of = (severity: vscode.DiagnosticSeverity): number => found.filter((one) => one.severity === severity).length;
  const counts: [number, string, string][] = [
    [of(vscode.DiagnosticSeverity.Error), "error", "errors"],
    [of(vscode.DiagnosticSeverity.Warning), "warning", "warnings"],
    [of(vscode.DiagnosticSeverity.Information), "note", "notes"],
    [of(vscode.DiagnosticSeverity.Hint), "hint", "hints"],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`).join(", ");
  const held: string[] = [];
  if (status.lines > 0) {
    held.push(`${status.lines.toLocaleString("en-US")} service line${status.lines === 1 ? "" : "s"}`);
  }
  if (status.mentions > 0) {
    held.push(`${status.mentions.toLocaleString("en-US")} code${status.mentions === 1 ? "" : "s"} cited`);
  }
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: ["superbill.selectPayer", "superbill.check", "superbill.lookUpCode", "superbill.showLog"] };
  text.appendMarkdown(
    [
      "| | |",
      "|:--|:--|",
      `| payer profile | **${status.payerName}**${status.payerChosen ? "" : " unless the file names its payer"} |`,
      `| catalog | ${status.editions.join(", ")} |`,
      `| this file | ${[FORMATS[status.dialect ?? ""] ?? "not read", ...held].join(", ")} |`,
      `| findings | ${said || "none"} |`,
    ].join("\n"),
  );
  for (const problem of status.settingsProblems) {
    text.appendMarkdown("\n\n$(warning) superbill.yaml: ");
    text.appendText(problem);
  }
  text.appendMarkdown(
    "\n\n[Choose payer](command:superbill.selectPayer) · [Check workspace](command:superbill.check) · " +
      "[Look up a code](command:superbill.lookUpCode) · [Log](command:superbill.showLog)",
  );
  return text;
}
