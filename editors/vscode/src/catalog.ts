// Fetch newer public tables: the one thing that uses the network. Asked for by the user, after its terms were shown here.
import { type ChildProcess, spawn } from "node:child_process";
import * as os from "node:os";
import * as vscode from "vscode";
import type { Superbill } from "./launch";
import type { Session } from "./session";

/** What `catalog update --terms` says. */
interface Terms {
  readonly files: readonly { readonly kind: string; readonly name: string; readonly edition: string }[];
  readonly terms: string;
  readonly read: readonly string[];
  readonly problems: readonly string[];
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

const running = new Set<ChildProcess>();

/** The window closes: what still runs for it ends. */
export function endUpdates(): void {
  running.forEach((child) => child.kill());
}

export async function updateCatalog(session: Session): Promise<void> {
  const superbill = session.superbill;
  if (superbill === undefined) {
    void vscode.window.showWarningMessage("The Superbill server is not running, so there is nothing to update its catalog with.");
    return;
  }
  const ask = "Ask CMS";
  const choice = await vscode.window.showInformationMessage(
    "Update the catalog?",
    {
      modal: true,
      detail:
        "Superbill reads on CMS's pages which public tables are current, and then shows you their terms. No table is fetched until " +
        "you accept them. This uses the network; nothing of your files is sent.",
    },
    ask,
  );
  if (choice !== ask) {
    return;
  }
  const terms = await whatIsCurrent(session, superbill);
  if (terms === undefined || !(await accepted(terms))) {
    return;
  }
  await fetchTables(session, superbill);
}

/** The current tables and their terms; undefined, and a word to the user, when they cannot be had. */
async function whatIsCurrent(session: Session, superbill: Superbill): Promise<Terms | undefined> {
  const ended = await inView("Superbill: asking CMS which tables are current", (token) =>
    run(superbill, ["catalog", "update", "--terms"], token, () => undefined),
  );
  if (ended === undefined) {
    return undefined; // cancelled
  }
  const terms = termsIn(ended.out);
  if (terms === undefined) {
    say(session, "This Superbill could not say which tables are current", ended.errors);
  } else if (terms.files.length === 0) {
    say(session, "Superbill could not find out which tables are current, and fetched nothing", terms.problems.join("\n"));
  } else {
    terms.problems.forEach((problem) => session.log.warn(problem));
    return terms;
  }
  return undefined;
}

function termsIn(text: string): Terms | undefined {
  try {
    const found = JSON.parse(text) as Partial<Terms>;
    return Array.isArray(found.files) && typeof found.terms === "string" ? (found as Terms) : undefined;
  } catch {
    return undefined; // an older server, or none
  }
}

/** Whether the user accepts the terms. The full ones can be read meanwhile: the question comes again. */
async function accepted(terms: Terms): Promise<boolean> {
  const accept = "Accept and Fetch";
  const read = "Read the Terms in Full";
  const files = terms.files.map(({ name, edition }) => `- ${name}, ${edition}`);
  const missing = terms.problems.length === 0 ? [] : ["", `Not to be had now: ${terms.problems.length}; the log says more.`];
  const detail = [...files, ...missing, "", unwrapped(terms.terms), ...terms.read].join("\n");
  for (;;) {
    const choice = await vscode.window.showInformationMessage(
      "Do you accept the terms of these tables, for yourself and your organization?",
      { modal: true, detail },
      read, // the first is what Enter means
      accept,
    );
    if (choice !== read) {
      return choice === accept;
    }
    for (const address of terms.read) {
      await vscode.env.openExternal(vscode.Uri.parse(address));
    }
  }
}

/** Text that was broken into lines for a terminal, with the breaks that mean something only. */
export function unwrapped(text: string): string {
  return text.replace(/([^\n])\n(?!\n| *- )\s*/g, "$1 ");
}

async function fetchTables(session: Session, superbill: Superbill): Promise<void> {
  const ended = await inView("Superbill: fetching tables from CMS", (token, progress) =>
    run(superbill, ["catalog", "update", "--accept-terms"], token, (line) => {
      const file = /^ {2}(\S+): (?:fetched|unchanged)/.exec(line)?.[1];
      if (file !== undefined) {
        progress.report({ message: file });
      }
    }),
  );
  if (ended === undefined) {
    void vscode.window.showInformationMessage(
      "The catalog was not updated: it was cancelled. The tables are as they were, and what was fetched is taken up next time.",
    );
    return;
  }
  session.log.info(ended.out.trim());
  const landed = ended.out.split(/\r?\n/).flatMap((line) => /^imported {2}(.*?) \(/.exec(line)?.[1] ?? []);
  // The server looks by itself whether there are new tables. One message for all: the editor holds back several in a moment.
  const updated = `The catalog was updated: ${landed.join(", ")}.`;
  if (ended.code !== 0) {
    say(session, landed.length > 0 ? `${updated} Not every table could be updated` : "The catalog was not updated", ended.errors);
  } else if (landed.length > 0) {
    void vscode.window.showInformationMessage(updated);
  } else {
    void vscode.window.showInformationMessage("The catalog is up to date: it had all current tables already.");
  }
}

function say(session: Session, what: string, why: string): void {
  session.log.error(`${what}: ${why.trim()}`);
  const showLog = "Show Log";
  const reason = why.split(/\r?\n/).find((line) => line.trim() !== "")?.replace(/^superbill: /, "").slice(0, 300);
  void vscode.window.showErrorMessage(`${what}${reason === undefined ? "" : `: ${reason}`}.`, showLog).then((choice) => {
    if (choice === showLog) {
      session.log.show();
    }
  });
}

type Progress = vscode.Progress<{ message?: string }>;

/** Work that the user sees and can cancel; undefined when it was cancelled. */
function inView(
  title: string,
  work: (token: vscode.CancellationToken, progress: Progress) => Promise<Ended>,
): Thenable<Ended | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const ended = await work(token, progress);
    return token.isCancellationRequested ? undefined : ended;
  });
}

function run(superbill: Superbill, args: readonly string[], token: vscode.CancellationToken, onLine: (line: string) => void): Promise<Ended> {
  return new Promise((resolve) => {
    let out = "";
    let errors = "";
    let child: ChildProcess;
    try {
      child = spawn(superbill.program, [...superbill.args, ...args], {
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
        cwd: os.homedir(), // not the workspace: `python -m` would look there for a package first
      });
      running.add(child);
    } catch (error) {
      resolve({ code: null, out, errors: error instanceof Error ? error.message : "" });
      return;
    }
    // An import lands whole or not at all, and what was fetched is kept: it can be ended at any moment.
    const cancelled = token.onCancellationRequested(() => child.kill());
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const begun = out.lastIndexOf("\n") + 1;
      out += text;
      out.slice(begun).split("\n").slice(0, -1).forEach(onLine);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const end = (code: number | null, why = ""): void => {
      cancelled.dispose();
      running.delete(child);
      resolve({ code, out, errors: errors + why });
    };
    child.on("error", (error) => end(null, error.message));
    child.on("close", (code) => end(code));
  });
}
