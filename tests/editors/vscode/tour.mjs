// What a coder does in a first hour, and the pictures of it: charges.csv and its neighbours in data/examples.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {
  command, folder, goTo, lineWhich, list, noToasts, openFile, openFolder, page, picture, pointAt, question, run, say, squiggle, statusBar,
  textOf, tmp, toasts,
} from "./browser.mjs";
import { asked, serve } from "./cms.mjs";

const CODE = "76380";
const file = path.join(folder, "charges.csv");
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8").split(/\r?\n/);
const [head, ...rows] = read("charges.csv").map((line) => line.split(","));
const at = { code: head.indexOf("cpt"), modifier: head.indexOf("mod1") };
const lines = rows
  .map((cells, number) => ({ number: number + 1, text: cells.join(","), cells, column: (index) => cells.slice(0, index).join(",").length + 1 }))
  .filter(({ cells }) => cells[at.code] === CODE);
const withModifier = (modifier) => {
  const found = lines.find(({ cells }) => cells[at.modifier] === modifier);
  assert.ok(found, `charges.csv has a line with ${CODE} and modifier "${modifier}"`);
  return found;
};

/** A page beside the file takes the focus when it has loaded; a click gives it back. */
async function closePage() {
  await page.locator(".editor-instance .view-lines").first().click({ position: { x: 200, y: 8 } });
  await command("View: Close Editors in Other Groups");
  await page.locator(".tab", { hasText: "Preview" }).first().waitFor({ state: "detached" });
}

async function hover() {
  const line = withModifier("26");
  await goTo(line.number, line.column(at.code));
  await pointAt(line.text, line.column(at.code), CODE.length);
  const card = page.locator(".monaco-hover:visible", { hasText: CODE }).first();
  await card.waitFor();
  await page.waitForTimeout(400);
  say(`hover: ${JSON.stringify((await textOf(card)).slice(0, 70))}`);
  await picture("hover", { mouse: true });
  await page.keyboard.press("Escape");
  await page.mouse.move(1000, 660);
}

async function problems() {
  await page.keyboard.press("Control+Shift+M");
  const rows = page.locator(".markers-panel .monaco-list-row");
  const first = rows.filter({ hasText: "superbill" }).first();
  await first.waitFor();
  await page.waitForTimeout(300);
  say(`problem: ${JSON.stringify((await textOf(first)).slice(0, 70))}`);
  await picture("diagnostics");
  // the rule behind a problem leads to its page
  await page.locator(".markers-panel a", { hasText: "K520" }).first().click();
  await page.locator(".tab", { hasText: "K520.md" }).first().waitFor();
  say("the rule of a problem opens its page");
  await closePage();
  await page.keyboard.press("Control+Shift+M"); // to the panel, and then away with it
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });
}

async function completion() {
  const line = withModifier("");
  await goTo(line.number, line.column(at.modifier));
  await page.keyboard.press("Control+Space");
  const first = page.locator(".suggest-widget.visible .monaco-list-row").first();
  await first.waitFor();
  await page.waitForTimeout(600);
  say(`completion: ${JSON.stringify((await first.getAttribute("aria-label")).slice(0, 70))}`);
  await picture("completion");
  await page.keyboard.press("Enter");
  const before = line.text.slice(0, line.column(at.modifier));
  await lineWhich((text) => text.startsWith(before) && /^[A-Z0-9]{2},/.test(text.slice(before.length)));
  say("completion accepted: two characters in the modifier cell");
}

async function fix() {
  const line = withModifier("50");
  const counted = await textOf(statusBar);
  await goTo(line.number, line.column(at.modifier));
  await page.keyboard.press("Control+.");
  const action = page.locator(".action-widget .monaco-list-row", { hasText: "Remove modifier 50" }).first();
  await action.waitFor();
  await page.waitForTimeout(300);
  await picture("fix");
  await action.click();
  await lineWhich((text) => text === line.text.replace(",50,", ",,"));
  const left = page.locator(".statusbar-item", { hasText: "PFS" }).filter({ hasNotText: counted.match(/\d+ findings/)[0] }).first();
  await left.waitFor();
  say(`fix applied: ${counted} -> ${await textOf(statusBar)}`);
}

async function lookUp() {
  const line = withModifier("26");
  await goTo(line.number, line.column(at.code) + 2);
  await question("Superbill: Look Up a Code", "Look Up a Code");
  await page.keyboard.type("ct abd contrast", { delay: 20 });
  const hit = list.filter({ hasText: /741(60|77)/ }).first();
  await hit.waitFor();
  await page.waitForTimeout(300);
  say(`look-up: ${JSON.stringify((await textOf(list.first())).slice(0, 60))}`);
  await picture("lookup");
  const code = (await textOf(list.first())).match(/\d{5}/)[0];
  await page.keyboard.press("Enter");
  await lineWhich((text) => text === line.text.replace(CODE, code));
  say(`look-up accepted: ${code} in place of ${CODE}`);
  await page.keyboard.press("Control+Z");
  await lineWhich((text) => text === line.text);
}

async function pages() {
  const line = withModifier("26");
  await goTo(line.number, line.column(at.code) + 2);
  await command("Superbill: Open Catalog Entry");
  await page.locator(".tab", { hasText: `${CODE}.md` }).first().waitFor();
  const words = page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
  await words.locator("h1", { hasText: CODE }).waitFor();
  await page.waitForTimeout(500);
  await picture("entry");
  say("the entry of a code, to read");
  await closePage();
}

async function payer() {
  await question("Superbill: Choose Payer", "Choose Payer");
  const wanted = list.filter({ hasText: "generic-commercial" }).filter({ hasNotText: "where it says nothing" }).first();
  await wanted.waitFor();
  await page.waitForTimeout(300);
  await picture("payer");
  await wanted.click();
  await list.filter({ hasText: "For this folder" }).first().click();
  await page.locator(".statusbar-item", { hasText: "generic-commercial" }).first().waitFor();
  assert.match(fs.readFileSync(path.join(folder, "superbill.yaml"), "utf8"), /^payer: generic-commercial$/m);
  say("payer chosen, and written to superbill.yaml");
  fs.rmSync(path.join(folder, "superbill.yaml"));
  await page.locator(".statusbar-item", { hasText: "medicare-b" }).first().waitFor();
  say("superbill.yaml gone: the default holds");
}

async function columns() {
  await openFile("export.csv");
  await question("Superbill: Map Columns", "Map Columns of *.csv");
  await list.filter({ hasText: "not read" }).filter({ hasText: "what was done" }).first().click();
  await list.filter({ hasText: "Procedure code" }).first().click();
  await list.filter({ hasText: "what was done" }).filter({ hasText: "procedure code" }).first().waitFor();
  await page.keyboard.press("Escape");
  await squiggle.waitFor({ state: "attached" });
  assert.match(fs.readFileSync(path.join(folder, "superbill.yaml"), "utf8"), /code: "what was done"/);
  say("column mapped, and its codes are checked");
  fs.rmSync(path.join(folder, "superbill.yaml"));
  await command("View: Revert and Close Editor");
}

async function workspace() {
  await command("Superbill: Check Workspace");
  const done = toasts.filter({ hasText: "Superbill checked" }).first();
  await done.waitFor();
  say(`workspace: ${JSON.stringify((await textOf(done)).slice(0, 90))}`);
  await command("Notifications: Clear All Notifications");
  await page.locator('.part.panel [aria-label^="Collapse All"]').first().click();
  for (const name of ["claims.837", "charges.hl7", "claim.json", "sheet.yaml", "ct-draft.md"]) {
    await page.locator(".markers-panel .monaco-list-row", { hasText: name }).first().waitFor();
  }
  await page.locator(".editor-instance .view-lines").first().click({ position: { x: 200, y: 8 } });
  await page.keyboard.press("Control+Shift+M"); // to the panel, and then away with it
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });
}

/** A check that would take long is cancelled: it ends at once and without a word, and the server goes on. */
async function cancelled() {
  const many = path.join(folder, "many");
  const rows = Array.from({ length: 2_000 }, (_, row) => `P-${row},2025-10-07,76380,${row % 3 ? 26 : 50},1,22`);
  fs.mkdirSync(many);
  for (let number = 0; number < 300; number++) {
    fs.writeFileSync(path.join(many, `${number}.csv`), ["patient,dos,cpt,mod,units,pos", ...rows.map((row) => `${number}${row}`), ""].join("\n"));
  }
  await command("Superbill: Check Workspace");
  const going = toasts.filter({ hasText: "checking the workspace" }).first();
  await going.filter({ hasText: /of 30\d files/ }).waitFor();
  await going.locator(".monaco-button", { hasText: "Cancel" }).click();
  await going.waitFor({ state: "detached" });
  const line = withModifier("26");
  await goTo(line.number, line.column(at.code)); // the server answers: it has stopped with the others
  await pointAt(line.text, line.column(at.code), CODE.length);
  await page.locator(".monaco-hover:visible", { hasText: CODE }).first().waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.move(1000, 660);
  await noToasts("after a check was cancelled");
  say("check cancelled");
  fs.rmSync(many, { recursive: true });
}

/** The terms come first. Whoever does not accept them has fetched nothing; whoever does has the tables at once. */
async function update() {
  const cms = await serve(process.env.CMS_PORT);
  const tables = path.join(tmp, "home/.local/share/superbill/national");
  const dialog = page.locator(".monaco-dialog-box");
  const press = (words) => dialog.locator(".monaco-button", { hasText: words }).first().click();
  for (const answer of ["Cancel", "Accept and Fetch"]) {
    await command("Superbill: Update Catalog");
    await dialog.filter({ hasText: "No table is fetched until you accept" }).waitFor();
    assert.equal(asked.length, answer === "Cancel" ? 0 : 5, "nothing is asked before the first question is answered");
    await press("Ask CMS");
    await dialog.filter({ hasText: "American Medical Association" }).filter({ hasText: "unit limits, practitioner, 2024 Q3" }).waitFor();
    if (answer === "Cancel") {
      await picture("terms");
    }
    await press(answer);
    await dialog.waitFor({ state: "detached" });
    if (answer === "Cancel") {
      await noToasts("after the terms were not accepted");
      assert.ok(!asked.some((one) => one.endsWith(".zip")) && !fs.existsSync(tables), "nothing was fetched");
      say("terms shown and not accepted: nothing was fetched");
    }
  }
  await toasts.filter({ hasText: "The catalog was updated: MUE 2024 Q3. Not every table could be updated" }).first().waitFor();
  assert.ok(asked.some((one) => one.endsWith(".zip")) && fs.existsSync(path.join(tables, "manifest.json")));
  say("terms accepted: the table is fetched and in");
  await command("Notifications: Clear All Notifications");
  await toasts.first().waitFor({ state: "detached" });
  cms.closeAllConnections();
  cms.close();
}

/** An 837: squiggles, the outline of claims and lines, and the card of an element. */
async function claims() {
  const segments = read("claims.837");
  await openFile("claims.837");
  await page.locator(".statusbar-item", { hasText: "X12" }).first().waitFor();
  await squiggle.waitFor({ state: "attached" });
  const number = segments.findIndex((line) => line.includes("*MIN*"));
  await goTo(number, 0);
  await command("Explorer: Focus on Outline View");
  const claim = page.locator(".outline-pane .monaco-list-row", { hasText: "Claim C-1002" }).first();
  await claim.waitFor();
  say(`outline: ${JSON.stringify(await textOf(claim))}`);
  await page.keyboard.press("Control+1"); // back into the text
  await goTo(number, 0);
  await pointAt(segments[number], segments[number].indexOf("MIN"), 3);
  const card = page.locator(".monaco-hover:visible", { hasText: "SV103" }).first();
  await card.waitFor();
  await page.waitForTimeout(400);
  say(`hover in the 837: ${JSON.stringify((await textOf(card)).slice(0, 90))}`);
  await picture("claims", { mouse: true });
  await page.keyboard.press("Escape");
  await page.mouse.move(1000, 660);
}

async function log() {
  await command("Superbill: Show Log");
  await page.locator(".part.panel .monaco-editor .view-lines").waitFor();
  if (!process.env.LOGS) return;
  const logs = path.join(tmp, "state/user/logs");
  const found = fs.readdirSync(logs, { recursive: true }).filter((name) => path.basename(name) === "Superbill.log");
  const text = found.map((name) => fs.readFileSync(path.join(logs, name), "utf8")).join("");
  assert.match(text, /starting: .*launch\.py serve/);
  for (const line of fs.readFileSync(file, "utf8").split(/\r?\n/).slice(1)) {
    assert.ok(!line || !text.includes(line), "the log holds a line of the document");
  }
  say("the log holds no line of the document");
}

await run("tour", async () => {
  await openFolder();
  await openFile("charges.csv");
  await page.keyboard.press("Control+B"); // the side bar goes: the pictures are of the editor
  await squiggle.waitFor({ state: "attached" });
  say("squiggle");
  await statusBar.waitFor();
  say(`status: ${await textOf(statusBar)}`);
  await hover();
  await problems();
  await completion();
  await fix();
  await lookUp();
  await pages();
  await payer();
  await columns();
  await cancelled();
  await workspace();
  await claims();
  await update();
  await log();
  await noToasts("during the tour");
});
