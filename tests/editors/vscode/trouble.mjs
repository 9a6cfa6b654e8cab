// What is said, and how often, when there is no Python, a server that makes no sense, a server that dies, settings that are broken.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { command, folder, noToasts, openFile, openFolder, page, picture, run, say, squiggle, statusBar, tmp, toasts } from "./browser.mjs";

const machine = path.join(tmp, "state/user/Machine/settings.json");
const set = (settings) => fs.writeFileSync(machine, JSON.stringify(settings));
const python = process.env.TEST_PYTHON;

/** Exactly one message with these words is on the screen. */
async function oneMessage(...words) {
  const message = toasts.filter({ hasText: words[0] }).first();
  await message.waitFor();
  await page.waitForTimeout(1200); // time for a second one
  assert.equal(await toasts.count(), 1, `exactly one message: ${await toasts.allInnerTexts()}`);
  const text = (await message.innerText()).replace(/\s+/g, " ");
  for (const word of words) assert.ok(text.includes(word), `${word} in ${text}`);
  say(`one message: ${words.join(" ... ")}`);
}

async function clear() {
  await command("Notifications: Clear All Notifications");
  await toasts.first().waitFor({ state: "detached" });
}

const checked = async (what) => {
  await squiggle.waitFor({ state: "attached" });
  say(`squiggle ${what}`);
};

/** Programs that pass for a Python and are none, or too old a one. */
function fake(name, text) {
  const file = path.join(tmp, "bin", name);
  fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}

/** The processes that run the server of this window. */
const servers = () => execFileSync(process.execPath, ["-e", `
  const fs = require("fs");
  for (const pid of fs.readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(pid)) continue;
    try {
      const words = fs.readFileSync("/proc/" + pid + "/cmdline", "utf8").split("\\0");
      if (words.some((word) => word.startsWith(${JSON.stringify(tmp)}) && word.endsWith("launch.py"))) console.log(pid);
    } catch {}
  }`], { encoding: "utf8" }).split("\n").filter(Boolean).map(Number);

// Answers `initialize`, then goes away.
const DIES = `process.stdin.once("data", (data) => {
  const { id } = JSON.parse(String(data).split("\\r\\n\\r\\n")[1]);
  const body = JSON.stringify({ jsonrpc: "2.0", id, result: { capabilities: {} } });
  process.stdout.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
  setTimeout(() => process.exit(3), 200);
});`;

async function noPython() {
  await openFolder();
  await openFile("charges.csv");
  await oneMessage("needs Python 3.10 or newer, and none was found", "Get Python", "Choose Python...");
  await page.locator(".statusbar-item", { hasText: "Superbill" }).first().waitFor();
  await picture("trouble");
  await clear();
  fake("python3", 'echo "superbill-probe 3.8.10 1"');
  await command("Superbill: Restart Server");
  await oneMessage("none was found that will do", "python3 is Python 3.8.10");
  await clear();
  set({ "superbill.server.python": path.join(tmp, "nowhere/python3") });
  await oneMessage("superbill.server.python names", "Open Setting");
  await clear();
  set({ "superbill.server.python": python });
  await checked("with the Python that the setting names");
}

async function broken() {
  const file = path.join(folder, "superbill.yaml");
  fs.writeFileSync(file, "payer: generic-commercial\n");
  await page.locator(".statusbar-item", { hasText: "generic-commercial" }).first().waitFor();
  fs.writeFileSync(file, "payer: [generic-commercial\n");
  await oneMessage("superbill.yaml", "not YAML", "what it said before still holds");
  await page.locator(".statusbar-item", { hasText: "generic-commercial" }).first().waitFor();
  await clear();
  fs.rmSync(file);
  await page.locator(".statusbar-item", { hasText: "medicare-b" }).first().waitFor();
  say("broken settings: told once, the last good ones held");
}

async function killed() {
  const [first] = servers();
  assert.ok(first, "the server runs");
  process.kill(first, "SIGKILL");
  await oneMessage("stopped by itself and was started again");
  await checked("after the server was killed");
  await clear();
  const [second] = servers();
  assert.ok(second && second !== first, "another server runs");
  process.kill(second, "SIGKILL");
  for (let tries = 0; ; tries++) {
    const now = servers();
    if (now.length === 1 && now[0] !== second) break;
    assert.ok(tries < 600, "a third server runs");
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(1500);
  await noToasts("when the server was killed again");
  say("killed again: started again without a word");
}

async function otherServers() {
  set({ "superbill.server.command": path.join(tmp, "nowhere/superbill") });
  await oneMessage("there is no such program", "superbill.server.command");
  await clear();
  set({ "superbill.server.command": [fake("ends", "exit 0")] });
  await oneMessage("it stopped at once");
  await clear();
  set({ "superbill.server.command": [fake("babbles", "exec /bin/cat")] });
  await oneMessage("did not answer as a language server");
  await clear();
  set({ "superbill.server.command": [process.execPath, "-e", DIES] });
  await oneMessage("stopped 5 times within three minutes");
  await clear();
  if (process.env.SLOW) {
    set({ "superbill.server.command": [fake("hangs", "exec /bin/sleep 600")] });
    await oneMessage("no answer within 30 seconds");
    await clear();
  }
  set({ "superbill.server.python": python });
  await checked("with the server of the extension again");
  await command("Superbill: Restart Server");
  await page.waitForTimeout(500);
  await checked("after a restart");
  await statusBar.waitFor();
}

await run("trouble", async () => {
  await noPython();
  await broken();
  await killed();
  await otherServers();
  await noToasts("at the end");
});
