// Where VS Code comes in. While the rest is being loaded, the Python for the server is looked for already.
import type * as vscode from "vscode";
import { findSuperbill } from "./launch";

let main: Promise<typeof import("./main.js")> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const found = findSuperbill(context);
  found.catch(() => undefined); // who waits for it is told
  main = import("./main.js");
  await (await main).start(context, found);
}

export async function deactivate(): Promise<void> {
  await (await main)?.stop();
}
