// A page with VS Code in it, and the few things that a user does there. Used by the other files of this folder.
//   environment: PORT, TMP, OUT (pictures), FOLDER (the workspace), CHROMIUM, PLAYWRIGHT_DIR
import assert from "node:assert/strict";
import path from "node:path";
import { createRequire } from "node:module";

const { chromium } = createRequire(path.join(process.env.PLAYWRIGHT_DIR, "/"))("playwright-core");
export const { PORT: port, TMP: tmp, OUT: out, FOLDER: folder } = process.env;

const started = Date.now();
export const say = (what) => console.log(`${((Date.now() - started) / 1000).toFixed(1)} s  ${what}`);

const browser = await chromium.launchPersistentContext(path.join(tmp, "browser"), {
  executablePath: process.env.CHROMIUM,
  headless: true,
  viewport: { width: 1120, height: 700 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"], // its own errands; what the page asks for is seen below
});
export const page = browser.pages()[0] ?? (await browser.newPage());
page.setDefaultTimeout(60_000); // machines under load are slow, and a step that fails is rare
if (process.env.VERBOSE) page.on("console", (message) => console.log(`  ${message.type()}: ${message.text().slice(0, 4000)}`));

// What the page asks for is counted: nothing but this machine may be among it.
let asked = 0;
const outside = new Set();
const isLocal = (url) => !/^(http|ws)s?:$/.test(url.protocol) || url.hostname === "127.0.0.1";
browser.on("request", () => asked++);
await browser.route((url) => !isLocal(url), (route) => {
  outside.add(new URL(route.request().url()).hostname);
  return route.abort();
});
page.on("websocket", (socket) => isLocal(new URL(socket.url())) || outside.add(new URL(socket.url()).hostname));

export const toasts = page.locator(".notifications-toasts .notification-list-item");
export const squiggle = page.locator(".editor-instance").locator(".squiggly-error, .squiggly-warning, .squiggly-info").first();
export const list = page.locator(".quick-input-widget .monaco-list-row");
export const input = page.locator(".quick-input-widget");
export const statusBar = page.locator('.statusbar-item[id="superbill.superbill.status"], .statusbar-item', { hasText: "PFS" }).first();

/** A picture; before it a tooltip has time to fade, unless the mouse is where it should be. */
export async function picture(name, { mouse = false } = {}) {
  if (!mouse) {
    await page.mouse.move(400, 684);
    await page.waitForTimeout(900);
  }
  await page.screenshot({ path: path.join(out, `${name}.png`) });
}

export async function openFolder(query = "") {
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}${query}`);
  await page.waitForSelector(".monaco-workbench .explorer-folders-view");
  say("workbench is up");
}

/**
 * Press a key that opens the box at the top, and wait until what is typed goes there: it begins with `prefix`. A key that comes
 * while the focus is on its way from one part of the window to another is lost; it is pressed again.
 */
export async function box(key, prefix) {
  const opened = (timeout) => page.waitForFunction((prefix) => {
    const focused = document.activeElement;
    return focused?.tagName === "INPUT" && focused.closest(".quick-input-widget:not(.quick-input-widget-closing)") && focused.value === prefix;
  }, prefix, { timeout });
  for (let tries = 1; tries < 5; tries++) {
    await page.keyboard.press(key);
    if (await opened(10_000).then(() => true, () => false)) return;
  }
  await page.keyboard.press(key);
  await opened(60_000);
}

/** The row that Enter means, once it is the one with these words: what is listed follows what is typed, but not at once. */
const chosen = (words) => page.locator(".quick-input-widget .monaco-list-row.focused", { hasText: words }).first().waitFor();

export async function openFile(name) {
  const tab = page.locator(".tab.active", { hasText: name }).first();
  for (let tries = 1; tries < 4; tries++) {
    await box("Control+P", "");
    await page.keyboard.type(name, { delay: 5 });
    await chosen(name);
    await page.keyboard.press("Enter");
    if (await tab.waitFor({ timeout: 20_000 }).then(() => true, () => false)) break;
  }
  await tab.waitFor();
  await page.waitForSelector(".editor-instance .view-line");
}

export async function command(name, { closes = true } = {}) {
  await box("F1", ">");
  await page.keyboard.type(name, { delay: 5 });
  await chosen(name);
  await page.keyboard.press("Enter");
  if (closes) await input.waitFor({ state: "hidden" });
}

/** A command that asks for something in the same box; `title` is what stands above it then. */
export async function question(name, title) {
  await command(name, { closes: false });
  await page.locator(".quick-input-title", { hasText: title }).first().waitFor();
}

/** Put the cursor on a line and column, both from 0. */
export async function goTo(line, column) {
  await box("Control+G", ":");
  await page.keyboard.type(`${line + 1}:${column + 1}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
}

/** The lines of the editor that are on the screen. */
export const linesShown = () => page.evaluate(() => [...document.querySelectorAll(".editor-instance .view-line")]
  .map((element) => element.textContent.replace(/\u00a0/g, " ")));

export async function lineWhich(test, timeout = 60_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = (await linesShown()).find(test);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`no such line on the screen: ${test}`);
    await page.waitForTimeout(50);
  }
}

/** Rest the mouse on some characters of a line that is on the screen. */
export async function pointAt(text, start, length) {
  const spot = await page.evaluate(([text, start, length]) => {
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
  await page.mouse.move(spot.x - 3, spot.y);
  await page.mouse.move(spot.x, spot.y);
}

/** The text of a locator on one line. */
export const textOf = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

export async function noToasts(when) {
  assert.equal(await toasts.count(), 0, `a message came up ${when}: ${await toasts.allInnerTexts()}`);
}

/** Run a mode to its end, with the exit code that it deserves. */
export async function run(mode, work) {
  try {
    await work();
    assert.deepEqual([...outside], [], "the editor asked for something outside this machine");
    say(`${asked} requests, all to this machine`);
    console.log(`${mode}: passed`);
  } catch (error) {
    await page.screenshot({ path: path.join(out, "failed.png") }).catch(() => {});
    console.error(error);
    console.log(`${mode}: failed, see ${path.join(out, "failed.png")}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
    process.exit(); // also when something that was opened meanwhile still listens
  }
}
