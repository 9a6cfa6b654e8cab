// Puts into dist/ what the packed extension holds: its own code, the server with all it needs, examples, the README with its
// pictures, and the licences of everything.
//   node build.mjs --tests FILE     bundles the tests for the extension host instead
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const root = path.resolve("../..");
const images = path.join(root, "docs/images");

if (process.argv[2] === "--tests") {
  await esbuild.build({ entryPoints: ["test/index.ts"], outfile: process.argv[3], bundle: true, external: ["vscode"], platform: "node", format: "cjs", target: "node20" });
  process.exit();
}

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

const python = process.env.PYTHON || (process.platform === "win32" ? "python" : "python3");
execFileSync(python, ["vendor.py", "dist/server"], { stdio: "inherit" });

fs.cpSync(path.join(root, "data/examples"), "dist/examples", { recursive: true });
for (const name of ["settings", "own-rules", "workspace-catalog", "charge-sheet"].map((schema) => `${schema}.schema.json`)) fs.copyFileSync(path.join(root, "data/schema", name), path.join("dist", name));
fs.copyFileSync(path.join(root, "LICENSE"), "LICENSE");
fs.copyFileSync(path.join(root, "NOTICE"), "dist/NOTICE");
for (const name of pictures(JSON.stringify(JSON.parse(fs.readFileSync("package.json", "utf8")).contributes.walkthroughs))) {
  const picture = path.join(images, path.basename(name));
  if (fs.existsSync(picture)) fs.copyFileSync(picture, path.join("media", path.basename(name)));
  else console.warn(`no picture ${picture}: make screenshots takes it`);
}
fs.writeFileSync("dist/README.md", withPictures(fs.readFileSync("README.md", "utf8")));
fs.writeFileSync("dist/THIRD-PARTY.txt", [...ofNode(), ...ofPython()].join(`\n${"-".repeat(80)}\n\n`));

/** The names of the pictures in a text. */
function pictures(text) {
  return new Set(text.match(/media\/[a-z]+\.png/g)?.filter((name) => name !== "media/icon.png"));
}

/** VS Code shows the pictures of an extension that was installed from a file only when they are in the page itself. */
function withPictures(text) {
  return text.replace(/\]\((?:\.\.\/)+docs\/images\/([a-z0-9-]+\.png)\)/g, (whole, name) => {
    const file = path.join(images, name);
    return fs.existsSync(file) ? `](data:image/png;base64,${fs.readFileSync(file).toString("base64")})` : whole;
  });
}

function licence(name, version, kind, folder) {
  const files = fs.readdirSync(folder).filter((entry) => /^(licen[cs]e|notice|copying)/i.test(entry));
  if (files.length === 0) throw new Error(`${name} has no licence file`);
  const text = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8").trim()).join("\n\n");
  return `${name} ${version} (${kind})\n\n${text}\n`;
}

function ofNode() {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    return licence(name, version, license, folder);
  });
}

function ofPython() {
  const lib = "dist/server/lib";
  return fs.readdirSync(lib).filter((name) => name.endsWith(".dist-info") && !name.startsWith("superbill-")).sort().map((info) => {
    const text = fs.readFileSync(path.join(lib, info, "METADATA"), "utf8");
    const field = (name) => text.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1];
    const folder = path.join(lib, info, "licenses");
    return licence(field("Name"), field("Version"), field("License-Expression") ?? field("License") ?? "see below", fs.existsSync(folder) ? folder : path.join(lib, info));
  });
}
