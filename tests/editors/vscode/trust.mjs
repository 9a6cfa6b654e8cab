// Restricted Mode: files are checked, and nothing that came with the workspace is run. Then the workspace is trusted.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { command, folder, noToasts, openFile, openFolder, page, picture, run, say, squiggle, tmp, toasts } from "./browser.mjs";

const machine = path.join(tmp, "state/user/Machine/settings.json");
const marker = path.join(tmp, "was-run");
const trap = path.join(folder, "trap");
fs.writeFileSync(trap, `#!/bin/sh\n: >'${marker}'\nexit 1\n`, { mode: 0o755 });
fs.mkdirSync(path.join(folder, ".vscode"));
fs.writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({
  "superbill.server.command": [trap], "superbill.server.python": trap, "superbill.trace.server": "verbose",
}));

async function message(...words) {
  const found = toasts.filter({ hasText: words[0] }).first();
  await found.waitFor();
  const text = (await found.innerText()).replace(/\s+/g, " ");
  for (const word of words) assert.ok(text.includes(word), `${word} in ${text}`);
  say(`message: ${words.join(" ... ")}`);
  await command("Notifications: Clear All Notifications");
  await toasts.first().waitFor({ state: "detached" });
}

await run("trust", async () => {
  await openFolder();
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
  await openFile("charges.csv");
  await message("needs Python 3.10 or newer, and none was found");
  say("Restricted Mode: the choice of the Python extension is not used");
  fs.writeFileSync(machine, JSON.stringify({ "superbill.server.python": process.env.TEST_PYTHON }));
  await squiggle.waitFor({ state: "attached" });
  await page.locator(".statusbar-item", { hasText: "medicare-b" }).first().waitFor();
  await picture("restricted");
  say("Restricted Mode: with a Python of the user's own settings the file is checked");
  fs.writeFileSync(machine, "{}");
  await message("needs Python 3.10 or newer, and none was found");

  await command("Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor({ state: "detached" });
  await message("needs Python 3.10 or newer, and none was found");
  say("trusted: the Python extension has chosen none that is there");
  await command("Stub: Choose the Python");
  await openFile("charges.csv");
  await squiggle.waitFor({ state: "attached" });
  say("trusted: the Python that is chosen in the Python extension is used at once");
  assert.ok(!fs.existsSync(marker), "settings of the workspace were used to start a program");
  await noToasts("at the end");
});
