"""Packs what passes for the Python extension: it says that the Python named by PYTHON_CHOSEN is the chosen one.

python stub.py TARGET.vsix
"""

import json
import os
import sys
import zipfile

MANIFEST = {
    "name": "python",
    "publisher": "ms-python",
    "version": "2099.1.0",
    "engines": {"vscode": "^1.91.0"},
    "main": "./main.js",
    "capabilities": {"untrustedWorkspaces": {"supported": True}},
}
MAIN = """
const vscode = require("vscode");
const chosen = %s;
const changed = new vscode.EventEmitter();
let path = "python-that-is-not-there";
exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand("python.choose", () => { path = chosen; changed.fire({ path }); }));
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ path }),
      resolveEnvironment: async ({ path }) => (path === chosen ? { executable: { uri: vscode.Uri.file(path) } } : undefined),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
"""

if __name__ == "__main__":
    manifest = {
        **MANIFEST,
        "contributes": {"commands": [{"command": "python.choose", "title": "Choose the Python", "category": "Stub"}]},
    }
    with zipfile.ZipFile(sys.argv[1], "w") as packed:
        packed.writestr("extension/package.json", json.dumps(manifest))
        packed.writestr("extension/main.js", MAIN % json.dumps(os.environ["PYTHON_CHOSEN"]))
