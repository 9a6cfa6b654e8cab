// From a fresh installation: how long from opening a file of 2,000 rows to the first squiggle, and whether typing waits.
import fs from "node:fs";
import path from "node:path";
import { box, openFile, openFolder, page, run, say, squiggle, tmp } from "./browser.mjs";

/** What the extension and the extension host logged so far. */
function logLines() {
  const logs = path.join(tmp, "state/user/logs");
  return fs.readdirSync(logs, { recursive: true }).filter((name) => /(Superbill|remoteexthost)\.log$/.test(name))
    .flatMap((name) => fs.readFileSync(path.join(logs, name), "utf8").split("\n"));
}

await run("speed", async () => {
  await openFolder();
  await box("Control+P", "");
  await page.keyboard.type("large.csv");
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "large.csv" }).first().waitFor();
  await page.waitForTimeout(1000 * Number(process.env.REST ?? 0)); // until the editor itself has come to rest
  const began = performance.now();
  if (process.env.VERBOSE) console.log(`  ${new Date().toISOString()} Enter`);
  await page.keyboard.press("Enter");
  await page.locator(".editor-instance .view-line").first().waitFor();
  const shown = performance.now();
  await squiggle.waitFor({ state: "attached" });
  say(`cold: text after ${Math.round(shown - began)} ms, first squiggle after ${Math.round(performance.now() - began)} ms`);

  if (process.env.VERBOSE) for (const line of logLines()) console.log(`  ${line}`);

  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  const waits = [];
  for (const key of "P-9,2025-10-07,76380,50,1,11") {
    const length = await page.evaluate(() => document.querySelector(".editor-instance .view-lines").textContent.length);
    const pressed = performance.now();
    await page.keyboard.press(key);
    await page.waitForFunction((length) => document.querySelector(".editor-instance .view-lines").textContent.length !== length, length, { polling: "raf" });
    waits.push(performance.now() - pressed);
    await page.keyboard.press("Escape"); // what completion offers is not wanted here
  }
  waits.sort((one, other) => one - other);
  say(`typing: a key is on the screen after ${Math.round(waits[waits.length >> 1])} ms, at most ${Math.round(waits.at(-1))} ms`);
  await openFile("charges.csv");
});
