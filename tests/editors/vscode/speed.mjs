// From a fresh installation: how long from opening a file of 2,000 rows to the first squiggle, and whether typing waits.
import { box, openFile, openFolder, page, run, say, squiggle } from "./browser.mjs";

await run("speed", async () => {
  await openFolder();
  await box("Control+P", "");
  await page.keyboard.type("large.csv");
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "large.csv" }).first().waitFor();
  const began = performance.now();
  await page.keyboard.press("Enter");
  await page.locator(".editor-instance .view-line").first().waitFor();
  const shown = performance.now();
  await squiggle.waitFor({ state: "attached" });
  say(`cold: text after ${Math.round(shown - began)} ms, first squiggle after ${Math.round(performance.now() - began)} ms`);

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
