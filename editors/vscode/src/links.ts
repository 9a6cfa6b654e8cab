// The rule at the end of a finding opens the rule's page as something to read, not as a Markdown source.
import * as vscode from "vscode";
import { isBuiltIn, isOurs } from "./pages";

export function linked(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const code = diagnostic.code;
  if (isOurs(diagnostic) && typeof code === "object" && isBuiltIn(String(code.value))) {
    const rule = encodeURIComponent(JSON.stringify([String(code.value)]));
    diagnostic.code = { value: code.value, target: vscode.Uri.parse(`command:superbill.explainRule?${rule}`) };
  }
  return diagnostic;
}
