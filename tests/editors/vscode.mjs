// The run inside the browser. Started by vscode.sh, which says what the modes do.
//   node vscode.mjs MODE PORT TMP OUTDIR
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const { chromium } = createRequire(path.join(process.env.PLAYWRIGHT_DIR, "/"))("playwright-core");
const [mode, port, tmp, out] = process.argv.slice(2);
const folder = path.join(tmp, "charges");
const file = path.join(folder, "charges.csv");
const CODE = "76380";

const started = Date.now();
const say = (what) => console.log(`${((Date.now() - started) / 1000).toFixed(1)} s  ${what}`);

/** The cells of one line of the file with the column each starts at; quotes may hold commas. */
function cells(line) {
  const found = [];
  for (let start = 0, at = 0, quoted = false; at <= line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    if (at === line.length || (line[at] === "," && !quoted)) {
      found.push({ start, text: line.slice(start, at) });
      start = at + 1;
    }
  }
  return found;
}

/** Lines that charge CODE: their number (from 0), text, the code's cell and the first modifier's. */
function linesWithCode() {
  const lines = fs.readFileSync(file, "utf8").split(/\r?\n/);
  const header = cells(lines[0]);
  const modifier = header.findIndex((cell) => /mod|mdfr/i.test(cell.text));
  assert.notEqual(modifier, -1, "charges.csv has no modifier column");
  return lines.flatMap((text, number) => {
    const row = cells(text);
    const code = row.find((cell) => cell.text.trim() === CODE);
    return code && row[modifier] ? [{ number, text, code, modifier: row[modifier] }] : [];
  });
}

const browser = await chromium.launchPersistentContext(path.join(tmp, "browser"), {
  executablePath: process.env.CHROMIUM,
  headless: true,
  viewport: { width: 1120, height: 700 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const page = browser.pages()[0] ?? (await browser.newPage());
if (process.env.VERBOSE) page.on("console", (message) => console.log(`  ${message.type()}: ${message.text().slice(0, 4000)}`));
const outside = new Set();
const isOutside = (url) => /^(http|ws)s?:$/.test(url.protocol) && url.hostname !== "127.0.0.1";
await browser.route(isOutside, (route) => {
  outside.add(new URL(route.request().url()).hostname);
  return route.abort();
});

const toasts = page.locator(".notifications-toasts .notification-list-item");
const squiggle = page.locator(".editor-instance").locator(".squiggly-error, .squiggly-warning, .squiggly-info").first();
// The mouse stays where the hover wants it for that picture; for the others a tooltip must have faded.
const picture = async (name) => {
  if (name !== "hover" && name !== "failed") {
    await page.mouse.move(400, 684);
    await page.waitForTimeout(900);
  }
  return page.screenshot({ path: path.join(out, `${name}.png`) });
};

async function openFile() {
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: 60000 });
  say("workbench is up");
  await page.locator('.explorer-folders-view .monaco-list-row[aria-label^="charges.csv"]').dblclick();
  await page.waitForSelector(".editor-instance .view-line", { timeout: 20000 });
  await page.keyboard.press("Control+B"); // the side bar goes: the pictures are of the editor
  say("file is open");
}

async function command(name) {
  await page.keyboard.press("F1");
  await page.keyboard.type(name, { delay: 5 });
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: name }).first().waitFor({ timeout: 5000 });
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: 5000 });
}

async function goTo(line, column) {
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget").waitFor({ timeout: 5000 });
  await page.keyboard.type(`${line + 1}:${column + 1}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: 5000 });
}

/** The middle of some characters of a line on the screen. */
async function middleOf(text, start, length) {
  return page.evaluate(([text, start, length]) => {
    const line = [...document.querySelectorAll(".editor-instance .view-line")]
      .find((element) => element.textContent.replace(/\u00a0/g, " ") === text);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node, before = 0; (node = walker.nextNode()); before += node.data.length) {
      if (start < before + node.data.length) {
        const range = document.createRange();
        range.setStart(node, start - before);
        range.setEnd(node, Math.min(start - before + length, node.data.length));
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
    }
  }, [text, start, length]);
}

async function tour() {
  const lines = linesWithCode();
  assert.ok(lines.length, `no line of charges.csv has ${CODE}`);
  await openFile();

  await squiggle.waitFor({ state: "attached", timeout: 30000 });
  say("squiggle");

  // hover over the code, on a line where the modifier fits if there is one
  const shown = lines.find((line) => line.modifier.text === "26") ?? lines[0];
  await goTo(shown.number, shown.code.start);
  const spot = await middleOf(shown.text, shown.code.start, CODE.length);
  await page.mouse.move(spot.x - 3, spot.y);
  await page.mouse.move(spot.x, spot.y);
  const hover = page.locator(".monaco-hover:visible", { hasText: CODE }).first();
  await hover.waitFor({ timeout: 20000 });
  await page.waitForTimeout(400);
  say(`hover: ${JSON.stringify((await hover.innerText()).slice(0, 70))}`);
  await picture("hover");
  await page.keyboard.press("Escape");
  await page.mouse.move(1000, 660);

  // the Problems panel below the squiggles
  await page.keyboard.press("Control+Shift+M");
  const problem = page.locator(".markers-panel .monaco-list-row .marker-message, .markers-panel .monaco-list-row").nth(1);
  await problem.waitFor({ timeout: 10000 });
  await page.waitForTimeout(300);
  say(`problem: ${JSON.stringify((await problem.innerText()).replace(/\s+/g, " ").slice(0, 70))}`);
  await picture("diagnostics");
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor({ state: "hidden", timeout: 5000 });

  // completion in an empty modifier cell of a line with the code
  const open = lines.find((line) => line.modifier.text === "");
  assert.ok(open, `no line of charges.csv has ${CODE} and an empty first modifier`);
  await page.locator(".editor-instance .view-lines").click({ position: { x: 300, y: 10 } });
  await goTo(open.number, open.modifier.start);
  await page.keyboard.press("Control+Space");
  const first = page.locator(".suggest-widget.visible .monaco-list-row").first();
  await first.waitFor({ timeout: 15000 });
  await page.waitForTimeout(600);
  say(`completion: ${JSON.stringify((await first.getAttribute("aria-label")).slice(0, 70))}`);
  await picture("completion");
  await page.keyboard.press("Enter");
  const before = open.text.slice(0, open.modifier.start);
  await page.waitForFunction(([before, old]) => [...document.querySelectorAll(".editor-instance .view-line")]
    .map((element) => element.textContent.replace(/\u00a0/g, " "))
    .some((text) => text.startsWith(before) && /^[A-Z0-9]{2},/.test(text.slice(before.length)) && text !== old),
  [before, open.text], { timeout: 5000 });
  say("completion accepted: two characters in the modifier cell");

  await claims();

  await command("Superbill: Show Log");
  await page.locator(".part.panel .monaco-editor .view-lines").waitFor({ timeout: 5000 });
  if (process.env.LOGS) {
    const logs = path.join(tmp, "state/user/logs");
    const found = fs.readdirSync(logs, { recursive: true }).filter((name) => path.basename(name) === "Superbill.log");
    const text = found.map((name) => fs.readFileSync(path.join(logs, name), "utf8")).join("");
    assert.match(text, /starting: .*superbill serve/);
    for (const line of fs.readFileSync(file, "utf8").split(/\r?\n/).slice(1)) {
      assert.ok(!line || !text.includes(line), "the log holds a line of the document");
    }
  }
  assert.equal(await toasts.count(), 0, "a message came up");
  say(`log shown${process.env.LOGS ? ", with no line of the document" : ""}; no message came up`);
}

/** An 837: squiggles, the outline of claims and lines, and the card of an element. */
async function claims() {
  const lines = fs.readFileSync(path.join(folder, "claims.837"), "utf8").split(/\r?\n/);
  await page.keyboard.press("Control+P");
  await page.keyboard.type("claims.837", { delay: 5 });
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "claims.837" }).first().waitFor({ timeout: 5000 });
  await page.keyboard.press("Enter");
  const status = page.locator('.statusbar-item', { hasText: "X12" }).first();
  await status.waitFor({ timeout: 10000 });
  await squiggle.waitFor({ state: "attached", timeout: 30000 });
  const number = lines.findIndex((line) => line.includes("*MIN*"));
  await goTo(number, 0);
  await command("Explorer: Focus on Outline View");
  const claim = page.locator(".outline-pane .monaco-list-row", { hasText: "Claim C-1002" }).first();
  await claim.waitFor({ timeout: 10000 });
  say(`outline: ${JSON.stringify((await claim.innerText()).replace(/\s+/g, " "))}`);
  await page.keyboard.press("Control+1"); // back into the text
  await goTo(number, 0);
  const spot = await middleOf(lines[number], lines[number].indexOf("MIN"), 3);
  await page.mouse.move(spot.x - 3, spot.y);
  await page.mouse.move(spot.x, spot.y);
  const hover = page.locator(".monaco-hover:visible", { hasText: "SV103" }).first();
  await hover.waitFor({ timeout: 20000 });
  await page.waitForTimeout(400);
  say(`hover in the 837: ${JSON.stringify((await hover.innerText()).replace(/\s+/g, " ").slice(0, 90))}`);
  await page.screenshot({ path: path.join(out, "claims.png") });
  await page.keyboard.press("Escape");
  await page.mouse.move(1000, 660);
}

const setCommand = (command) => fs.writeFileSync(path.join(tmp, "state/user/Machine/settings.json"),
  JSON.stringify({ "superbill.server.command": command }));

/** Exactly one message with these words is on the screen; it is then closed. */
async function oneMessage(...words) {
  const message = toasts.filter({ hasText: words[0] }).first();
  await message.waitFor({ timeout: 45000 });
  await page.waitForTimeout(1200); // time for a second one
  assert.equal(await toasts.count(), 1, "exactly one message");
  const text = (await message.innerText()).replace(/\s+/g, " ");
  for (const word of words) assert.ok(text.includes(word), `${word} in ${text}`);
  return async () => {
    say(`one message: ${words.join(" ... ")}`);
    await command("Notifications: Clear All Notifications");
    await toasts.first().waitFor({ state: "detached", timeout: 5000 });
  };
}

// Answers `initialize`, then goes away.
const DIES = `process.stdin.once("data", (data) => {
  const { id } = JSON.parse(String(data).split("\\r\\n\\r\\n")[1]);
  const body = JSON.stringify({ jsonrpc: "2.0", id, result: { capabilities: {} } });
  process.stdout.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
  setTimeout(() => process.exit(3), 200);
});`;

async function trouble() {
  await openFile();
  let close = await oneMessage("could not start its server", "python3 -m superbill serve", "superbill.server.command");
  await picture("trouble");
  await close();
  setCommand(path.join(tmp, "nowhere/superbill"));
  await (await oneMessage("there is no such program", "superbill.server.command"))();
  setCommand(["/bin/true"]);
  await (await oneMessage("it stopped at once"))();
  setCommand(["/bin/cat"]);
  await (await oneMessage("did not answer as a language server"))();
  setCommand([process.execPath, "-e", DIES]);
  await (await oneMessage("stopped 5 times within three minutes"))();
  if (process.env.SLOW) {
    setCommand(["/bin/sleep", "600"]);
    await (await oneMessage("no answer within 30 seconds"))();
  }
  setCommand([process.env.SERVER, "serve"]);
  await squiggle.waitFor({ state: "attached", timeout: 30000 });
  say("squiggle after the setting was mended");
  await command("Superbill: Restart Server");
  await page.waitForTimeout(500);
  await squiggle.waitFor({ state: "attached", timeout: 30000 });
  assert.equal(await toasts.count(), 0, "a message came up");
  say("squiggle after a restart");
}

try {
  await { tour, trouble }[mode]();
  assert.deepEqual([...outside], [], "the editor asked for something outside this machine");
  console.log(`${mode}: passed`);
} catch (error) {
  await picture("failed").catch(() => {});
  console.error(error);
  console.log(`${mode}: failed, see ${path.join(out, "failed.png")}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
