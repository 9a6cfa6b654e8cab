// Bundles the extension into dist/extension.js and writes the licences of what went into it beside it.
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

fs.rmSync("dist", { recursive: true, force: true });
const { metafile } = await esbuild.build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: true,
  metafile: true,
});

const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const parts = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
});
fs.writeFileSync("dist/THIRD-PARTY.txt", parts.join(`\n${"-".repeat(80)}\n\n`));

const licence = "../../LICENSE";
if (fs.existsSync(licence)) fs.copyFileSync(licence, "LICENSE");
