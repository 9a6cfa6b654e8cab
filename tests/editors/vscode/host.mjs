// Runs the tests of editors/vscode/test in the extension host; the page is only the shell that carries it.
import assert from "node:assert/strict";
import { openFolder, page, port, run, say } from "./browser.mjs";

await run("host", async () => {
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ["extensionDevelopmentPath", remote(process.env.EXTENSION)],
    ["extensionTestsPath", remote(process.env.EXTENSION_TESTS)],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (type, args) => console[type === "error" ? "error" : "log"](...args));
  await openFolder(`&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const late = new Promise((resolve) => setTimeout(() => resolve("no answer within 300 seconds"), 300_000).unref());
  assert.equal(await Promise.race([ended, late]), 0, "the tests in the extension host");
  say("extension-host tests done");
});
